using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Records;

/// <summary>One execution as it was recorded.</summary>
/// <param name="Summary">How it stands.</param>
/// <param name="ContentHash">What it is pinned to; empty when it was never begun.</param>
/// <param name="Document">The document, with stored payloads in place; null while it runs.</param>
public sealed record ExecutionRecord(ExecutionSummary Summary, string ContentHash, ExecutionDocument? Document)
{
    /// <summary>Gets the input, while it runs; then the document has it.</summary>
    public JsonNode? Input { get; init; }

    /// <summary>Gets the caller's context; a large one is a stored payload.</summary>
    public JsonNode? Context { get; init; }

    /// <summary>Gets the execution that this one repeats; null: none.</summary>
    public string? RerunOf { get; init; }
}
