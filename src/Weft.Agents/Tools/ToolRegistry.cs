using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Storage;
using Weft.Agents.Tools.Composio;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>Finds the tool that a name means: one of the definition's own, one built in, or an action of Composio, in that order.</summary>
public sealed class ToolRegistry : IToolCatalog
{
    private readonly IDefinitionSource _definitions;
    private readonly ComposioCatalog _catalog;
    private readonly ToolRunners _runners;
    private readonly IOptions<ToolOptions> _options;
    private readonly ILogger<ToolRegistry> _logger;

    internal ToolRegistry(IDefinitionSource definitions, ComposioCatalog catalog, ToolRunners runners, IOptions<ToolOptions> options, ILogger<ToolRegistry> logger)
    {
        _definitions = definitions;
        _catalog = catalog;
        _runners = runners;
        _options = options;
        _logger = logger;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ToolSpec>> DescribeAsync(StepScope scope, IReadOnlyList<string> tools, CancellationToken cancellationToken)
    {
        var definition = await DefinitionOfAsync(scope, cancellationToken);
        var specs = new List<ToolSpec>(tools.Count);
        foreach (var name in tools.Distinct(StringComparer.Ordinal))
        {
            var (tool, failure) = await ResolveAsync(name, definition, cancellationToken);
            if (tool is null)
            {
                _logger.ToolLeftOut(name, failure!.Message); // without a tool there is a failure
            }
            else
            {
                specs.Add(tool.ToSpec() with { Name = name, ModelName = ToolReference.ModelNameOf(name) });
            }
        }

        return SchemaBudget.Fit(specs, _options.Value.SchemaBytesPerTurn);
    }

    /// <summary>Says which tools the specs mean: <c>shopify.get_order</c>, <c>shopify.*</c>, several apart by commas. Own tools of the definition are not listed.</summary>
    /// <param name="specs">The specs as written.</param>
    /// <param name="definition">The definition that they stand in; null: none.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <returns>The tools by spec, and what could not be found, in words; never an exception for an unknown name or an unreachable Composio.</returns>
    public async Task<ResolvedSpecs> ResolveSpecsAsync(IEnumerable<string> specs, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        var tools = new Dictionary<string, IReadOnlyList<ToolReference>>(StringComparer.Ordinal);
        var warnings = new List<string>();
        foreach (var spec in specs.Distinct(StringComparer.Ordinal))
        {
            var found = new List<ToolReference>();
            foreach (var part in spec.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (definition is not null && definition.Tools.Any(t => t.Id == part))
                {
                    continue;
                }

                if (part.EndsWith(".*", StringComparison.Ordinal))
                {
                    found.AddRange(await AllOfAsync(part[..^2], definition, warnings, cancellationToken));
                    continue;
                }

                var (tool, failure) = await ResolveAsync(part, definition, cancellationToken);
                if (tool is null)
                {
                    warnings.Add(failure!.Message); // without a tool there is a failure
                    if (failure.Kind == "unavailable" && ComposioNames.Split(part) is { } name)
                    {
                        // What it is will be known when it is called: the catalog may be there by then.
                        found.Add(new ToolReference(part, name.App, ReadOnly: false));
                    }
                }
                else
                {
                    found.Add(tool.ToReference() with { Name = part, ModelName = ToolReference.ModelNameOf(part) });
                    WarnOfList(tool, part, definition, warnings);
                }
            }

            tools[spec] = [.. found.DistinctBy(t => t.Name)];
        }

        return new ResolvedSpecs(tools, [.. warnings.Distinct()]);
    }

    /// <summary>The tool that a name means, or why it means none.</summary>
    internal async Task<(ResolvedTool? Tool, ToolFailure? Failure)> ResolveAsync(string name, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (Denied(name))
        {
            return (null, new ToolFailure("refused", $"The tool '{name}' may not be used here ({ToolOptions.Section}:{nameof(ToolOptions.Denied)}).", Retryable: false));
        }

        if (definition is not null && _runners.OfDefinition(name, definition) is { } own)
        {
            if (own.Alias is { } alias)
            {
                var (action, missing) = await OfComposioAsync(name, alias, definition, cancellationToken);
                return (action is null || own.Definition is not { } written ? action : ToolRunners.OfFile(action, written), missing);
            }

            return (own.Tool, own.Failure);
        }

        if (_runners.BuiltIn(name) is { } builtIn)
        {
            return (builtIn, null);
        }

        return await OfComposioAsync(name, name, definition, cancellationToken);
    }

    /// <summary>The definition that a step is pinned to; null when the step has none.</summary>
    internal async Task<WorkflowDefinition?> DefinitionOfAsync(StepScope scope, CancellationToken cancellationToken) =>
        scope.ContentHash.Length == 0 ? null : await _definitions.GetAsync(scope.ContentHash, cancellationToken);

    private async Task<(ResolvedTool? Tool, ToolFailure? Failure)> OfComposioAsync(
        string name, string target, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        if ((ComposioNames.Split(target) ?? BySlug(target)) is not { } split)
        {
            return (null, Unknown(name, definition, $"A tool is named 'app.action'{(definition is { Tools.Count: > 0 } ? " or by the id of one of the workflow's tools" : "")}."));
        }

        try
        {
            var (action, of) = await _catalog.FindAsync(split.App, split.Action, cancellationToken);
            if (action is not null)
            {
                return (_runners.OfAction(action), null);
            }

            return of.Actions.Count == 0
                ? (null, Unknown(name, definition, $"Composio has no app '{split.App}'."))
                : (null, new ToolFailure(
                    "unknown_tool", $"'{split.App}' has no action '{split.Action}'.{NearMiss.HintOrList(split.Action, of.Actions.Keys, "Its actions")}", Retryable: false));
        }
        catch (ComposioException exception)
        {
            _logger.CatalogUnavailable(split.App, exception.Message);
            return (null, new ToolFailure("unavailable", $"The tool '{name}' cannot be looked up: {exception.Message}", exception.Transient)
            {
                RetryAfterMs = exception.RetryAfter is { } wait ? (long)wait.TotalMilliseconds : null,
            });
        }
    }

    private async Task<IReadOnlyList<ToolReference>> AllOfAsync(string app, WorkflowDefinition? definition, List<string> warnings, CancellationToken cancellationToken)
    {
        try
        {
            var actions = await _catalog.GetAsync(app, cancellationToken);
            if (actions.Actions.Count == 0)
            {
                warnings.Add($"Composio has no app '{app}', so '{app}.*' means no tool.");
                return [];
            }

            // A list of allowed actions in the file is what its author means by "all".
            var listed = definition?.ComposioApps.FirstOrDefault(a => string.Equals(a.Name, app, StringComparison.OrdinalIgnoreCase))?.Actions ?? [];
            if (listed.Count == 0)
            {
                return [.. actions.Actions.Values.Where(a => !a.Tool.Deprecated && !Denied(a.Name)).Select(a => _runners.OfAction(a).ToReference())];
            }

            var found = await ResolveSpecsAsync(listed.Select(a => $"{app}.{a}"), null, cancellationToken);
            warnings.AddRange(found.Warnings);
            return [.. found.Tools.Values.SelectMany(t => t)];
        }
        catch (ComposioException exception)
        {
            warnings.Add($"'{app}.*' means no tool for now: {exception.Message}");
            return [];
        }
    }

    private (string App, string Action)? BySlug(string name) =>
        _catalog.Known.FirstOrDefault(a => string.Equals(a.Tool.Slug, name, StringComparison.OrdinalIgnoreCase)) is { } action ? (action.App, action.Action) : null;

    private static void WarnOfList(ResolvedTool tool, string name, WorkflowDefinition? definition, List<string> warnings)
    {
        var listed = definition?.ComposioApps.FirstOrDefault(a => string.Equals(a.Name, tool.App, StringComparison.OrdinalIgnoreCase))?.Actions ?? [];
        if (listed.Count > 0 && ComposioNames.Split(name) is { } split && !listed.Select(ComposioNames.Plain).Contains(split.Action))
        {
            warnings.Add($"'{name}' is not among the actions that composio.apps lists for '{tool.App}'; it may be used all the same, since a node names it.");
        }
    }

    private ToolFailure Unknown(string name, WorkflowDefinition? definition, string why)
    {
        var known = (definition?.Tools.Select(t => t.Id) ?? []).Concat(_runners.BuiltInNames).Concat(_catalog.Known.Select(a => a.Name));
        return new ToolFailure("unknown_tool", $"There is no tool '{name}'. {why}{NearMiss.Hint(name, known)}", Retryable: false);
    }

    private bool Denied(string name) => _options.Value.Denied.Any(d =>
        string.Equals(d, name, StringComparison.OrdinalIgnoreCase)
        || (d.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(d[..^1], StringComparison.OrdinalIgnoreCase)));
}
