using System.Text.Json.Nodes;
using Weft.Api.Requests;

namespace Weft.Api.Executions;

/// <summary>The body of <c>POST /executions/{id}/signals</c>.</summary>
/// <param name="SignalName">The signal.</param>
/// <param name="Data">What it brings; also taken as <c>payload</c>.</param>
internal sealed record SignalRequest(string SignalName, JsonNode? Data)
{
    internal static SignalRequest Read(RequestBody body)
    {
        var request =
            new SignalRequest(body.Text("signal_name", required: true, longest: 256) ?? "", body.Any("data") ?? body.Any("payload"));
        body.Check();
        return request;
    }
}
