using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>What a direct call came to.</summary>
public sealed record DirectResult
{
    public required string Tool { get; init; }

    public required bool Success { get; init; }

    public JsonNode? Result { get; init; }

    public ToolFailure? Error { get; init; }

    public long ExecutionTimeMs { get; init; }

    public bool Cached { get; init; }

    /// <summary>Gets a value indicating whether an earlier call with the same key was answered.</summary>
    public bool Replayed { get; init; }

    /// <summary>Gets a value indicating whether it was not made, for a call before it failed.</summary>
    public bool Skipped { get; init; }

    /// <summary>Gets the record's id.</summary>
    public string? CallId { get; init; }
}
