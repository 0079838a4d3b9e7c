using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Json;
using Weft.Agents.Tools.Providers.Composio.Connections;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Composio's actions, under their own names and under those that files give them.</summary>
internal sealed partial class ComposioTools(
    ComposioClient client,
    ComposioCatalog catalog,
    ComposioAccounts accounts,
    ConnectionRecords connections,
    IOptions<ComposioOptions> options,
    TimeProvider time,
    ILogger<ComposioTools> logger) : IToolProvider
{
    private readonly ConditionalWeakTable<CatalogAction, ResolvedTool> _tools = [];

    public string Name => "composio";

    public IReadOnlyCollection<ResolvedTool> Known => [.. catalog.Known.Select(Of)];

    public TimeSpan StartTimeout => options.Value.StartTimeout;

    public async Task<ToolFinding> FindAsync(string name, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        if (definition?.Tools.FirstOrDefault(t => t.Id == name && t.Type == Name) is not { } own)
        {
            return await FindAsync(name, name, definition, cancellationToken);
        }

        if (own.Config.Text("action") is not { } action)
        {
            return Failed(ToolFailureKind.UnknownTool, $"The tool '{own.Id}' is of type composio and names no config.action.");
        }

        var target = own.Config.Text("app") is { } app && !action.Contains('.', StringComparison.Ordinal) ? $"{app}.{action}" : action;
        var finding = await FindAsync(name, target, definition, cancellationToken);
        return finding is ToolFinding.Found found ? new ToolFinding.Found(OfFile(found.Tool, own)) : finding;
    }

    public async Task<ToolExpansion> ExpandAsync(string app, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        try
        {
            var actions = await catalog.GetAsync(app, cancellationToken);
            if (actions.Actions.Count == 0)
            {
                return new ToolExpansion([], [$"Composio has no app '{app}', so '{app}.*' means no tool."]);
            }

            // A list of allowed actions in the file is what its author means by "all".
            var listed = Listed(definition, app);
            if (listed.Count == 0)
            {
                return new ToolExpansion([.. actions.Actions.Values.Where(a => !a.Tool.Deprecated).Select(Of)], []);
            }

            var (tools, warnings) = (new List<ResolvedTool>(), new List<string>());
            foreach (var name in listed.Select(a => $"{app}.{a}"))
            {
                switch (await FindAsync(name, name, null, cancellationToken))
                {
                    case ToolFinding.Found found:
                        tools.Add(found.Tool with { Name = name });
                        break;
                    case ToolFinding.Failed failed:
                        warnings.Add(failed.Failure.Message);
                        break;
                }
            }

            return new ToolExpansion(tools, warnings);
        }
        catch (ComposioException exception)
        {
            return new ToolExpansion([], [$"'{app}.*' means no tool for now: {exception.Message}"]);
        }
    }

    public async Task<string?> LacksAsync(WorkflowDefinition? definition, CancellationToken cancellationToken) =>
        definition is { ComposioApps.Count: 0 } || await client.IsConfiguredAsync(cancellationToken)
            ? null
            : $"uses Composio apps ({string.Join(", ", definition?.ComposioApps.Select(a => a.Name) ?? [])}). Set COMPOSIO_API_KEY";

    /// <summary>Fetches the apps whose actions a definition lists; those that specs name are fetched when they are looked up.</summary>
    public async Task<IReadOnlyList<string>> DiscoverAsync(
        IReadOnlyCollection<string> specs, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        var warnings = new List<string>();
        foreach (var app in definition?.ComposioApps.Where(a => a.Actions.Count > 0).Select(a => a.Name) ?? [])
        {
            warnings.AddRange((await ExpandAsync(app, definition, cancellationToken)).Warnings);
        }

        return warnings;
    }

    /// <summary>An action as a tool.</summary>
    public ResolvedTool Of(CatalogAction action) => _tools.GetValue(action, Make);

    private async Task<ToolFinding> FindAsync(
        string name, string target, WorkflowDefinition? definition, CancellationToken cancellationToken)
    {
        if ((ToolName.Split(target) ?? BySlug(target)) is not { } split)
        {
            return new ToolFinding.Missing();
        }

        try
        {
            var (action, of) = await catalog.FindAsync(split.App, split.Action, cancellationToken);
            return action is not null ? new ToolFinding.Found(Of(action)) { Warning = WarningOf(action, name, definition) }
                : of.Actions.Count == 0 ? new ToolFinding.Missing($"Composio has no app '{split.App}'.")
                : Failed(
                    ToolFailureKind.UnknownTool,
                    $"'{split.App}' has no action '{split.Action}'.{NearMiss.HintOrList(split.Action, of.Actions.Keys, "Its actions")}");
        }
        catch (ComposioException exception)
        {
            logger.CatalogUnavailable(split.App, exception.Message);
            return new ToolFinding.Failed(
                ToolFailureKind.Unavailable.Failure($"The tool '{name}' cannot be looked up: {exception.Message}", exception.Transient) with
                {
                    RetryAfterMs = exception.RetryAfter is { } wait ? (long)wait.TotalMilliseconds : null,
                });
        }
    }

    private (string App, string Action)? BySlug(string name) =>
        catalog.Known.FirstOrDefault(a => string.Equals(a.Tool.Slug, name, StringComparison.OrdinalIgnoreCase)) is { } action
            ? (action.App, action.Action) : null;

    private ResolvedTool Make(CatalogAction action) => new()
    {
        Name = action.Name,
        App = action.App,
        Action = action.Action,
        Runner = new ComposioRunner(action, client, catalog, accounts),
        Parameters = action.Parameters,
        DisplayName = action.DisplayName,
        Description = action.Tool.Description,
        ReadOnly = action.ReadOnly,
        Idempotent = action.Idempotent,
        Destructive = action.Destructive,
        NeedsEntity = action.RequiresAuth,
        ActsForEntities = true,
        OfToolkit = true,
        Deprecated = action.Tool.Deprecated,
        AnswerSchema = action.Tool.Output,
        Slug = action.Tool.Slug,
        Version = action.Tool.Version,
    };

    /// <summary>An action as a tool of the file has it: with what the file says over what Composio says.</summary>
    private static ResolvedTool OfFile(ResolvedTool action, ToolDefinition tool) => action with
    {
        Description = tool.Description ?? action.Description,
        Parameters = tool.InputSchema is { } schema ? ToolSchema.Normalise(schema) : action.Parameters,
        Timeout = tool.Timeout ?? action.Timeout,
        Defaults = tool.With,
        Env = tool.Env,
        Output = tool.OutputSchema,
    };

    private static IReadOnlyList<string> Listed(WorkflowDefinition? definition, string app) =>
        definition?.ComposioApps.FirstOrDefault(a => string.Equals(a.Name, app, StringComparison.OrdinalIgnoreCase))?.Actions ?? [];

    private static string? WarningOf(CatalogAction action, string name, WorkflowDefinition? definition)
    {
        var listed = Listed(definition, action.App);
        return listed.Count > 0 && ToolName.Split(name) is { } split && !listed.Select(ToolName.Plain).Contains(split.Action)
            ? $"'{name}' is not among the actions that composio.apps lists for '{action.App}'; it may be used all the same, since a node "
                + $"names it."
            : null;
    }

    private static ToolFinding.Failed Failed(ToolFailureKind kind, string message) => new(kind.Failure(message));
}
