using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language.Definitions;

namespace Weft.Workflows.Execution;

/// <summary>Finds out whose account a call uses, for steps, agents and templates alike.</summary>
internal static class EntityChoice
{
    /// <summary>Composio's name for the account that belongs to nobody in particular.</summary>
    private const string Shared = "default";

    /// <summary>Where the entity is looked for when the file does not say: who the execution is for.</summary>
    private const string UsualSource = "user_id";

    /// <summary>The app whose account a tool uses; null: it acts for nobody in particular.</summary>
    public static string? AppOf(WorkflowRun run, string tool)
    {
        if (run.Workflow.Tool(tool) is { } own)
        {
            return AppOf(own);
        }

        var dot = tool.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && !(run.Loaded.Tools.TryGetValue(tool, out var meant) && meant is [{ App: null }]) ? tool[..dot] : null;
    }

    /// <summary>The same, for a tool of the file.</summary>
    public static string? AppOf(ToolDefinition own)
    {
        if (own.Type != "composio")
        {
            return null;
        }

        var action = Text(own.Config?["action"]);
        return Text(own.Config?["app"]) ?? (action?.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot ? action[..dot] : null);
    }

    /// <summary>
    /// The entity that the app's <c>entity_id_source</c> (else <c>user_id</c>) names in the context, else in the input; the shared one with
    /// a warning when neither has it.
    /// </summary>
    public static string Of(WorkflowRun run, string app, List<string> warnings)
    {
        var source = run.Definition.ComposioApps.FirstOrDefault(
            x => string.Equals(x.Name, app, StringComparison.OrdinalIgnoreCase))?.EntityIdSource ?? UsualSource;
        if (Text(run.Input.Context[source]) is { } fromContext)
        {
            return fromContext;
        }

        if (Text(run.Fields[source]) is { } fromInput)
        {
            return fromInput;
        }

        warnings.Add(
            $"The app '{app}' acts for the entity in '{source}', which neither the context nor the input has, so it acts for Composio's "
            + $"user '{Shared}'. Start the execution with '{source}' in 'context' to choose whose account is used.");
        return Shared;
    }

    /// <summary>
    /// The entities of tools that templates call, by the names that templates have for them; null: none acts for an entity.
    /// </summary>
    public static IReadOnlyDictionary<string, string>? Of(WorkflowRun run, IEnumerable<string> tools)
    {
        var entities = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var tool in tools)
        {
            // tools.billing.get_status is a tool of the file as a whole, or by its first word.
            var own = run.Workflow.Tool(tool) ?? (tool.Split('.', 2) is [var first, _] ? run.Workflow.Tool(first) : null);
            if ((own is null ? AppOf(run, tool) : AppOf(own)) is { } app)
            {
                entities[tool] = Of(run, app, []);
            }
        }

        return entities.Count == 0 ? null : entities;
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => node.ToJsonString(),
        _ => null,
    };
}
