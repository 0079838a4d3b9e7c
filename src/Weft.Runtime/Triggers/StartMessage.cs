using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Runtime.Triggers;

/// <summary>A message that starts a workflow: <c>{workflow_id, input, context, reply_to}</c>.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="Input">Its input.</param>
/// <param name="Context">The context.</param>
/// <param name="ReplyTo">The queue that gets a message when the execution ends; null: none.</param>
internal sealed record StartMessage(string WorkflowId, JsonObject Input, JsonObject Context, string? ReplyTo)
{
    /// <summary>Reads a message's body.</summary>
    /// <returns>The message, or why it is none: such a body can never be processed.</returns>
    public static (StartMessage? Message, string? Fault) Parse(string body)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(body);
        }
        catch (JsonException broken)
        {
            return (null, $"The body is no JSON: {broken.Message}");
        }

        if (node is not JsonObject message)
        {
            return (null, "The body is no JSON object. Send {\"workflow_id\": \"…\", \"input\": {…}, \"context\": {…}}.");
        }

        if (message["workflow_id"] is not JsonValue id || !id.TryGetValue<string>(out var workflowId) || workflowId.Length == 0)
        {
            return (null, "The body has no 'workflow_id' that is a text.");
        }

        if (Part(message, "input") is not { } input)
        {
            return (null, "'input' is no object.");
        }

        if (Part(message, "context") is not { } context)
        {
            return (null, "'context' is no object.");
        }

        return message["reply_to"] switch
        {
            null => (new StartMessage(workflowId, input, context, null), null),
            JsonValue value when value.TryGetValue<string>(out var replyTo) =>
                (new StartMessage(workflowId, input, context, replyTo), null),
            _ => (null, "'reply_to' is no text. It names the queue that is told when the execution ends."),
        };
    }

    private static JsonObject? Part(JsonObject message, string name) => message[name] switch
    {
        null => [],
        JsonObject part => part.DeepClone().AsObject(),
        _ => null,
    };
}
