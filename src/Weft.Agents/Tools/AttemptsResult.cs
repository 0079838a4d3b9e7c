using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>What the attempts came to.</summary>
/// <param name="Reply">The last reply.</param>
/// <param name="Attempts">How many were sent.</param>
internal sealed record AttemptsResult(ToolReply Reply, int Attempts)
{
    /// <summary>Gets the outcome of another delivery that came first; nothing was sent by this one.</summary>
    public ToolOutcome? Replayed { get; init; }
}
