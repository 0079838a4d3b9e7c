using System.Text.Json.Nodes;
using Weft.Api.Requests;

namespace Weft.Api.Tools;

/// <summary>The body of <c>POST /composio/actions/{app}/{action}/execute</c>.</summary>
/// <param name="Params">The arguments.</param>
/// <param name="EntityId">Whose account is used.</param>
/// <param name="TimeoutMs">The time limit, 1 to 600,000.</param>
internal sealed record ExecuteActionRequest(JsonObject Params, string? EntityId, int? TimeoutMs)
{
    internal static ExecuteActionRequest Read(RequestBody body)
    {
        var request = new ExecuteActionRequest(
            body.Object("params") ?? body.Object("arguments") ?? [],
            body.Text("entity_id", longest: 250) ?? body.Text("user_id", longest: 250), body.Integer("timeout_ms", 1, 600_000));
        body.Check();
        return request;
    }
}
