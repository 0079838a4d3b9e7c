using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>Why a tool call failed.</summary>
/// <param name="Kind">provider_error (the tool says so), invalid_arguments, unknown_tool, not_connected, refused, rate_limited, timeout, network, server_error, unavailable, unknown_outcome, cancelled.</param>
/// <param name="Message">What happened, fit for a model to read; no secrets.</param>
/// <param name="Retryable">Whether the same call may succeed later, and it is safe to make it again.</param>
public sealed record ToolFailure(string Kind, string Message, bool Retryable)
{
    public JsonNode? Details { get; init; }

    public long? RetryAfterMs { get; init; }
}
