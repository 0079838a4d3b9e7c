using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>Why a tool call failed.</summary>
/// <param name="Kind">The word of a <see cref="Failures.ToolFailureKind"/>, or the code of an activity that broke.</param>
/// <param name="Message">What happened, fit for a model to read; no secrets.</param>
/// <param name="Retryable">Whether the same call may succeed later, and it is safe to make it again.</param>
public sealed record ToolFailure(string Kind, string Message, bool Retryable)
{
    /// <summary>Gets what the tool answered, cleaned of secrets; null: nothing.</summary>
    public JsonNode? Details { get; init; }

    /// <summary>Gets the wait before another attempt that the tool asked for, in milliseconds; null: none.</summary>
    public long? RetryAfterMs { get; init; }
}
