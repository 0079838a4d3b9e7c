using System.Text.Json.Nodes;
using Weft.Api.Problems;
using Weft.Runtime.Executions;
using Weft.Workflows.Contracts;

namespace Weft.Api.Tools;

/// <summary>Which failed tool calls are the caller's, and so a problem; the others are answers.</summary>
internal static class ToolProblems
{
    public static ApiException? Of(ToolFailure failure)
    {
        var status = failure.Kind switch
        {
            "unknown_tool" => 404,
            "invalid_arguments" => 422,
            "not_connected" => 409,
            "refused" => 403,
            "rate_limited" => 429,
            "unavailable" => 503,
            _ => 0,
        };
        return status == 0 ? null : new ApiException(status, failure.Kind, failure.Message)
        {
            Faults = [.. (failure.Details?["faults"] as JsonArray ?? []).Select(f => new InputFault("$.params", f?.ToString() ?? ""))],
            RetryAfterSeconds = status is 429 or 503 ? (int)Math.Ceiling((failure.RetryAfterMs ?? 1_000) / 1000.0) : null,
        };
    }
}
