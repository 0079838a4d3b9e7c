using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Steps;

/// <summary>Finds out whose account an app acts for.</summary>
internal static class Entities
{
    /// <summary>Composio's name for the account that belongs to nobody in particular.</summary>
    private const string Shared = "default";

    /// <summary>Where the entity is looked for when the file does not say: who the execution is for.</summary>
    private const string UsualSource = "user_id";

    /// <summary>The entity that the app's <c>entity_id_source</c> (else <c>user_id</c>) names in the context, else in the input; the shared one with a warning when neither has it.</summary>
    public static string Of(WorkflowRun run, string app, List<string> warnings)
    {
        var source = run.Definition.ComposioApps.FirstOrDefault(x => string.Equals(x.Name, app, StringComparison.OrdinalIgnoreCase))?.EntityIdSource ?? UsualSource;
        if (Text(run.Input.Context[source]) is { } fromContext)
        {
            return fromContext;
        }

        if (Text(run.Fields[source]) is { } fromInput)
        {
            return fromInput;
        }

        warnings.Add($"The app '{app}' acts for the entity in '{source}', which neither the context nor the input has, so it acts for Composio's user '{Shared}'. Start the execution with '{source}' in 'context' to choose whose account is used.");
        return Shared;
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>() is { Length: > 0 } text ? text : null,
        JsonValueKind.Number => node.ToJsonString(),
        _ => null,
    };
}
