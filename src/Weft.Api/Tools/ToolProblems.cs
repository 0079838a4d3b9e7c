using System.Text.Json.Nodes;
using Weft.Api.Problems;
using Weft.Runtime.Executions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Api.Tools;

/// <summary>Which failed tool calls are the caller's, and so a problem; the others are answers.</summary>
internal static class ToolProblems
{
    public static ApiException? Of(ToolFailure failure)
    {
        if (ToolFailureKind.Of(failure.Kind).Fault is not { } fault)
        {
            return null;
        }

        var wait = failure.RetryAfterMs is { } asked ? TimeSpan.FromMilliseconds(asked) : fault.Wait;
        return new ApiException(failure.Kind, fault with { Retryable = failure.Retryable, Wait = wait }, failure.Message)
        {
            Faults = [.. (failure.Details?["faults"] as JsonArray ?? []).Select(f => new InputFault("$.params", f?.ToString() ?? ""))],
        };
    }
}
