using System.Text.Json.Nodes;
using Weft.Api.Requests;

namespace Weft.Api.Executions;

/// <summary>The body of <c>POST /workflows/execute</c>.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="InputData">Its input; also taken as <c>input</c>.</param>
/// <param name="Context">Conversation, customer and the like.</param>
internal sealed record ExecuteRequest(string WorkflowId, JsonObject InputData, JsonObject? Context)
{
    internal static ExecuteRequest Read(RequestBody body)
    {
        var request = new ExecuteRequest(
            body.Text("workflow_id", required: true, longest: 512) ?? "",
            body.Object("input_data") ?? body.Object("input") ?? [],
            body.Object("context"));
        body.Check();
        return request;
    }
}
