using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>What an attempt came to.</summary>
public abstract record ToolReply
{
    /// <summary>The tool did it.</summary>
    /// <param name="Output">What it answered; null: nothing.</param>
    /// <param name="LogId">The id by which the tool's side finds the call; null: it has none.</param>
    public sealed record Answered(JsonNode? Output, string? LogId = null) : ToolReply;

    /// <summary>It did not, or nobody knows.</summary>
    /// <param name="Failure">Why, and whether the same call may succeed later.</param>
    /// <param name="Certainty">What is known of its effect.</param>
    /// <param name="LogId">The id by which the tool's side finds the call; null: it has none.</param>
    public sealed record Failed(ToolFailure Failure, Certainty Certainty, string? LogId = null) : ToolReply;
}
