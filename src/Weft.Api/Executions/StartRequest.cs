using System.Text.Json.Nodes;
using Weft.Api.Requests;

namespace Weft.Api.Executions;

/// <summary>The body of <c>POST /workflows/{id}/executions</c>.</summary>
/// <param name="Input">The input.</param>
/// <param name="Context">Conversation, customer and the like.</param>
internal sealed record StartRequest(JsonObject Input, JsonObject? Context)
{
    // {input, context} and nothing else is the envelope; any other object is the bare input.
    internal static StartRequest Read(RequestBody body)
    {
        var wrapped = body.Members.Count > 0 && body.Members.All(m => m.Key is "input" or "context")
            && body.Members["input"] is JsonObject or null && body.Members["context"] is JsonObject or null;
        if (!wrapped)
        {
            return new StartRequest(body.Members.DeepClone().AsObject(), null);
        }

        return new StartRequest(body.Object("input") ?? [], body.Object("context"));
    }
}
