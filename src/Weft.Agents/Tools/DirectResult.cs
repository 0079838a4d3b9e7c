using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>What a direct call came to.</summary>
public sealed record DirectResult
{
    /// <summary>Gets the tool that was called.</summary>
    public required string Tool { get; init; }

    /// <summary>Gets a value indicating whether it succeeded.</summary>
    public required bool Success { get; init; }

    /// <summary>Gets the answer; null: it failed, or answered nothing.</summary>
    public JsonNode? Result { get; init; }

    /// <summary>Gets why it failed; null: it did not.</summary>
    public ToolFailure? Error { get; init; }

    /// <summary>Gets how long it took, in milliseconds.</summary>
    public long ExecutionTimeMs { get; init; }

    /// <summary>Gets a value indicating whether the answer came from the cache.</summary>
    public bool Cached { get; init; }

    /// <summary>Gets a value indicating whether an earlier call with the same key was answered.</summary>
    public bool Replayed { get; init; }

    /// <summary>Gets a value indicating whether it was not made, for a call before it failed.</summary>
    public bool Skipped { get; init; }

    /// <summary>Gets the record's id; null: the call was skipped.</summary>
    public string? CallId { get; init; }
}
