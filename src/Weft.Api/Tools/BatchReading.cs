using System.Text.Json.Nodes;
using Weft.Agents.Tools;
using Weft.Api.Requests;

namespace Weft.Api.Tools;

/// <summary>Reads a batch of calls.</summary>
internal static class BatchReading
{
    public static BatchRequest Read(RequestBody body)
    {
        var actions = body.List("actions", required: true).Select((item, i) => One(body, item, i)).OfType<DirectCall>().ToList();
        var batch = new BatchRequest
        {
            Actions = actions,
            UserId = body.Text("user_id", longest: 250) ?? body.Text("entity_id", longest: 250),
            Parallel = body.Flag("parallel"),
            StopOnError = body.Flag("stop_on_error"),
            MaxConcurrent = body.Integer("max_concurrent", 1, 32) ?? 3,
        };
        body.Check();
        return batch;
    }

    // {tool}, or {app_name, action_name}; the arguments as params or arguments.
    private static DirectCall? One(RequestBody body, JsonNode? item, int place)
    {
        if (item is not JsonObject action)
        {
            body.Fault($"$.actions[{place}]", "must be an object");
            return null;
        }

        var tool = Text(action, "tool")
            ?? (Text(action, "app_name") is { } app && Text(action, "action_name") is { } name ? $"{app}.{name}" : null);
        if (tool is null)
        {
            body.Fault($"$.actions[{place}].tool", "is missing: write 'app.action'");
            return null;
        }

        var arguments = action["params"] ?? action["arguments"];
        if (arguments is not (null or JsonObject))
        {
            body.Fault($"$.actions[{place}].params", "must be an object");
        }

        return new DirectCall
        {
            Tool = tool,
            Params = arguments?.DeepClone() as JsonObject ?? [],
            EntityId = Text(action, "entity_id") ?? Text(action, "user_id"),
            IdempotencyKey = null,
        };
    }

    private static string? Text(JsonObject action, string name) =>
        action[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
