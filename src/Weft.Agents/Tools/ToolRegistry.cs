using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools;

/// <summary>Finds the tool that a name means: one of the definition's own, else the first that a provider has.</summary>
public sealed class ToolRegistry(
    IDefinitionSource definitions, IEnumerable<IToolProvider> providers, IOptions<ToolOptions> options, ILogger<ToolRegistry> logger)
    : IToolCatalog
{
    private readonly IReadOnlyList<IToolProvider> _providers = [.. providers];

    /// <summary>
    /// The longest time that the start of a host waits for what is fetched ahead: the longest that a provider which lacks nothing asks for.
    /// </summary>
    public async Task<TimeSpan> StartTimeoutAsync(CancellationToken cancellationToken) =>
        (await ReadyAsync(cancellationToken)).Select(p => p.StartTimeout).DefaultIfEmpty().Max();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ToolSpec>> DescribeAsync(
        StepScope scope, IReadOnlyList<string> tools, CancellationToken cancellationToken)
    {
        var definition = await DefinitionOfAsync(scope, cancellationToken);
        var specs = new List<ToolSpec>(tools.Count);
        foreach (var name in tools.Distinct(StringComparer.Ordinal))
        {
            var (tool, failure) = await ResolveAsync(name, definition, cancellationToken);
            if (tool is null)
            {
                logger.ToolLeftOut(name, failure!.Message); // without a tool there is a failure
            }
            else
            {
                specs.Add(tool.ToSpec() with { Name = name, ModelName = ToolReference.ModelNameOf(name) });
            }
        }

        return SchemaBudget.Fit(specs, options.Value.SchemaBytesPerTurn);
    }

    /// <summary>Says which tools the specs mean: <c>shopify.get_order</c>, <c>shopify.*</c>, several apart by commas.</summary>
    /// <remarks>Own tools of the definition are not listed.</remarks>
    /// <param name="specs">The specs as written.</param>
    /// <param name="definition">The definition that they stand in; null: none.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    /// <returns>
    /// The tools by spec, and what could not be found, in words; never an exception for an unknown name or an unreachable provider.
    /// </returns>
    public async Task<ResolvedSpecs> ResolveSpecsAsync(
        IEnumerable<string> specs, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        var tools = new Dictionary<string, IReadOnlyList<ToolReference>>(StringComparer.Ordinal);
        var warnings = new List<string>();
        foreach (var spec in specs.Distinct(StringComparer.Ordinal))
        {
            var found = new List<ToolReference>();
            foreach (var part in spec.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (definition is null || definition.Tools.All(t => t.Id != part))
                {
                    found.AddRange(part.EndsWith(".*", StringComparison.Ordinal)
                        ? await AllOfAsync(part[..^2], definition, warnings, cancellationToken)
                        : await OneOfAsync(part, definition, warnings, cancellationToken));
                }
            }

            tools[spec] = [.. found.DistinctBy(t => t.Name)];
        }

        return new ResolvedSpecs(tools, [.. warnings.Distinct()]);
    }

    /// <summary>
    /// The tools of a list of names that are known without asking anybody and act for no entity, so that steps need not look for one.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ToolReference>> ActingForNobody(IEnumerable<string> names)
    {
        var known = _providers.SelectMany(p => p.Known).Where(t => !t.ActsForEntities).ToList();
        var references = new Dictionary<string, IReadOnlyList<ToolReference>>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (known.FirstOrDefault(t => string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase)) is { } tool)
            {
                references[name] = [tool.ToReference() with { Name = name, ModelName = ToolReference.ModelNameOf(name) }];
            }
        }

        return references;
    }

    /// <summary>Lets every provider that is set up fetch ahead what specs need, and says what of them is not there.</summary>
    /// <returns>What is amiss, in sentences. While a provider is not set up nobody knows that a name means nothing.</returns>
    public async Task<IReadOnlyList<string>> DiscoverAsync(
        IReadOnlyCollection<string> specs, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        var ready = await ReadyAsync(cancellationToken);
        var warnings = new List<string>();
        foreach (var provider in ready)
        {
            warnings.AddRange(await provider.DiscoverAsync(specs, definition, cancellationToken));
        }

        if (ready.Count == _providers.Count)
        {
            warnings.AddRange((await ResolveSpecsAsync(specs, definition, cancellationToken)).Warnings);
        }

        return [.. warnings.Distinct()];
    }

    /// <summary>The tool that a name means, or why it means none.</summary>
    internal async Task<(ResolvedTool? Tool, ToolFailure? Failure)> ResolveAsync(
        string name, WorkflowDefinition? definition, CancellationToken cancellationToken) =>
        await FindAsync(name, definition, cancellationToken) switch
        {
            ToolFinding.Found found => (found.Tool, null),
            ToolFinding.Failed failed => (null, failed.Failure),
            _ => throw new InvalidOperationException("A finding of an unknown kind."),
        };

    /// <summary>The definition that a step is pinned to; null when the step has none.</summary>
    internal async Task<WorkflowDefinition?> DefinitionOfAsync(StepScope scope, CancellationToken cancellationToken) =>
        scope.ContentHash.Length == 0 ? null : await definitions.GetAsync(scope.ContentHash, cancellationToken);

    private async Task<IReadOnlyList<IToolProvider>> ReadyAsync(CancellationToken cancellationToken)
    {
        var lacks = await Task.WhenAll(_providers.Select(p => p.LacksAsync(null, cancellationToken)));
        return [.. _providers.Where((_, i) => lacks[i] is null)];
    }

    private async Task<ToolFinding> FindAsync(string name, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (Denied(name))
        {
            return Failed(ToolFailureKind.NotAllowed,
                $"The tool '{name}' may not be used here ({ToolOptions.Section}:{nameof(ToolOptions.Denied)}).");
        }

        if (definition?.Tools.FirstOrDefault(t => t.Id == name) is { } own)
        {
            return await OfFileAsync(own, definition, cancellationToken);
        }

        ToolFinding? failed = null;
        string? why = null;
        foreach (var provider in Ordered(name, definition))
        {
            switch (await provider.FindAsync(name, definition, cancellationToken))
            {
                case ToolFinding.Found found:
                    return Of(provider, found);
                case ToolFinding.Missing missing:
                    why ??= missing.Why;
                    break;
                case var other:
                    failed ??= other;
                    break;
            }
        }

        var orById = definition is { Tools.Count: > 0 } ? " or by the id of one of the workflow's tools" : "";
        return failed ?? Unknown(name, definition, why ?? $"A tool is named 'app.action'{orById}.");
    }

    private async Task<ToolFinding> OfFileAsync(ToolDefinition own, WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        if (_providers.FirstOrDefault(p => p.Name == own.Type) is not { } provider)
        {
            return Failed(
                ToolFailureKind.Unavailable,
                $"The tool '{own.Id}' is of type '{own.Type}', which cannot be run yet. Offer it over HTTP (type http) or as an action "
                + $"of Composio.");
        }

        return await provider.FindAsync(own.Id, definition, cancellationToken) switch
        {
            ToolFinding.Found found => Of(provider, found),
            ToolFinding.Missing missing => Unknown(own.Id, definition, missing.Why ?? $"'{own.Type}' can make nothing of it."),
            var failed => failed,
        };
    }

    /// <summary>
    /// Whoever may have a tool of the file comes first, then those that know the name, then those that would have to ask.
    /// </summary>
    private IEnumerable<IToolProvider> Ordered(string name, WorkflowDefinition? definition)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var owner = dot > 0 ? definition?.Tools.FirstOrDefault(t => t.Id == name[..dot])?.Type : null;
        return _providers.OrderBy(
            p => p.Name == owner ? 0 : p.Known.Any(t => string.Equals(t.Name, name, StringComparison.OrdinalIgnoreCase)) ? 1 : 2);
    }

    private async Task<IReadOnlyList<ToolReference>> OneOfAsync(
        string name, WorkflowDefinition? definition, List<string> warnings, CancellationToken cancellationToken)
    {
        switch (await FindAsync(name, definition, cancellationToken))
        {
            case ToolFinding.Found found:
                warnings.AddRange(found.Warning is { } odd ? [odd] : []);
                return [found.Tool.ToReference() with { Name = name, ModelName = ToolReference.ModelNameOf(name) }];
            case ToolFinding.Failed { Failure: var failure }:
                warnings.Add(failure.Message);

                // What it is will be known when it is called: whoever could not be asked may be there by then.
                return ToolFailureKind.Unavailable.Is(failure) && ToolName.Split(name) is { } split
                    ? [new ToolReference(name, split.App, ReadOnly: false)] : [];
            default:
                return [];
        }
    }

    private async Task<IReadOnlyList<ToolReference>> AllOfAsync(
        string app, WorkflowDefinition? definition, List<string> warnings, CancellationToken cancellationToken)
    {
        var said = new List<string>();
        foreach (var provider in _providers.OrderBy(
            p => p.Known.Any(t => string.Equals(t.App, app, StringComparison.OrdinalIgnoreCase)) ? 0 : 1))
        {
            var all = await provider.ExpandAsync(app, definition, cancellationToken);
            if (all.Tools.Count > 0)
            {
                warnings.AddRange(all.Warnings);
                return [.. all.Tools.Where(t => !Denied(t.Name)).Select(t => t.ToReference())];
            }

            said.AddRange(all.Warnings);
        }

        warnings.AddRange(said.Count > 0 ? said : [$"There is no app '{app}', so '{app}.*' means no tool."]);
        return [];
    }

    private static ToolFinding.Found Of(IToolProvider provider, ToolFinding.Found found) =>
        found with { Tool = found.Tool with { Provider = provider.Name } };

    private static ToolFinding.Failed Failed(ToolFailureKind kind, string message) => new(kind.Failure(message));

    private ToolFinding.Failed Unknown(string name, WorkflowDefinition? definition, string why)
    {
        var known = (definition?.Tools.Select(t => t.Id) ?? []).Concat(_providers.SelectMany(p => p.Known).Select(t => t.Name));
        return Failed(ToolFailureKind.UnknownTool, $"There is no tool '{name}'. {why}{NearMiss.Hint(name, known)}");
    }

    private bool Denied(string name) => options.Value.Denied.Any(d =>
        string.Equals(d, name, StringComparison.OrdinalIgnoreCase)
        || (d.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(d[..^1], StringComparison.OrdinalIgnoreCase)));
}
