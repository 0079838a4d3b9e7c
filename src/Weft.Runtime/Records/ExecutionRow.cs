using System.Text.Json.Nodes;

namespace Weft.Runtime.Records;

/// <summary>The row of one execution: its summary and its document.</summary>
internal sealed record ExecutionRow(ExecutionSummary Summary, string ContentHash)
{
    /// <summary>Gets the document, or the stand-in of a large one; null while it runs.</summary>
    public JsonNode? Document { get; init; }

    /// <summary>Gets the input, or its stand-in, while it runs.</summary>
    public JsonNode? Input { get; init; }

    /// <summary>Gets the caller's context, or its stand-in; kept for reruns.</summary>
    public JsonNode? Context { get; init; }

    /// <summary>Gets the execution that this one repeats.</summary>
    public string? RerunOf { get; init; }

    /// <summary>Gets the queue that its start wants told of its end.</summary>
    public string? ReplyTo { get; init; }
}
