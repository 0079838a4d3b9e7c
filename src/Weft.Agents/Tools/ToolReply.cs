using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>What an attempt came to.</summary>
internal abstract record ToolReply
{
    /// <summary>The tool did it.</summary>
    public sealed record Answered(JsonNode? Output, string? LogId = null) : ToolReply;

    /// <summary>It did not, or nobody knows.</summary>
    public sealed record Failed(ToolFailure Failure, Certainty Certainty, string? LogId = null) : ToolReply;
}
