using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weft.Workflows.Definitions;

namespace Weft.Workflows.Orchestration.Activities;

/// <summary>One tool call.</summary>
public sealed record CallToolRequest
{
    public required StepScope Scope { get; init; }

    /// <summary>Gets the call's name within the execution, the same on every delivery. The idempotency key is made from it.</summary>
    public required string CallId { get; init; }

    /// <summary>Gets the tool: <c>shopify.get_order</c>, or the id of one of the file's tools.</summary>
    public required string Tool { get; init; }

    /// <summary>Gets the arguments; secrets are placeholders, large texts stored payloads.</summary>
    public required JsonObject Arguments { get; init; }

    /// <summary>Gets the entity whose account is used.</summary>
    public string? EntityId { get; init; }

    public TimeSpan? Timeout { get; init; }

    public UnknownOutcomePolicy OnUnknownOutcome { get; init; } = UnknownOutcomePolicy.Fail;
}

/// <summary>What a tool call came to. What the tool itself reports as failed is a value: an agent may go on from it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record ToolOutcome
{
    /// <summary>The tool did it.</summary>
    /// <param name="Output">What it answered; a large answer is a stored payload.</param>
    /// <param name="DurationMs">How long it took.</param>
    public sealed record Succeeded(JsonNode? Output, long DurationMs) : ToolOutcome
    {
        /// <summary>Gets a value indicating whether the answer came from the cache.</summary>
        public bool Cached { get; init; }

        /// <summary>Gets a value indicating whether the answer had been recorded by an earlier delivery of the same call.</summary>
        public bool Replayed { get; init; }
    }

    /// <summary>It did not.</summary>
    public sealed record Failed(ToolFailure Failure, long DurationMs) : ToolOutcome;
}

/// <summary>Why a tool call failed.</summary>
/// <param name="Kind">provider_error (the tool says so), invalid_arguments, unknown_tool, not_connected, refused, rate_limited, timeout, network, server_error, unavailable, unknown_outcome, cancelled.</param>
/// <param name="Message">What happened, fit for a model to read; no secrets.</param>
/// <param name="Retryable">Whether the same call may succeed later, and it is safe to make it again.</param>
public sealed record ToolFailure(string Kind, string Message, bool Retryable)
{
    public JsonNode? Details { get; init; }

    public long? RetryAfterMs { get; init; }
}

/// <summary>A memory operation of a task or an agent.</summary>
public sealed record MemoryRequest
{
    public required StepScope Scope { get; init; }

    public required string CallId { get; init; }

    /// <summary>Gets read, write, append, delete, flush, health, clear, stats or search.</summary>
    public required string Operation { get; init; }

    /// <summary>Gets the memory's id: conversation_history, knowledge_base or one of the file's.</summary>
    public required string Memory { get; init; }

    public required string Key { get; init; }

    public JsonNode? Payload { get; init; }

    public JsonObject? Settings { get; init; }
}

/// <summary>What a memory operation answers: the shapes of compozy's memory task.</summary>
public sealed record MemoryResult(JsonNode? Output);
