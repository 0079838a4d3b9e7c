using Weft.Workflows.Contracts;

namespace Weft.Agents.Tools;

/// <summary>What a provider knows of a name.</summary>
public abstract record ToolFinding
{
    /// <summary>The name means this tool.</summary>
    /// <param name="Tool">The tool.</param>
    public sealed record Found(ResolvedTool Tool) : ToolFinding
    {
        /// <summary>Gets what is odd about it, in a sentence; null: nothing.</summary>
        public string? Warning { get; init; }
    }

    /// <summary>The name means a tool of this provider, or may mean one, and there is no calling it now.</summary>
    /// <param name="Failure">Why, and whether it passes.</param>
    public sealed record Failed(ToolFailure Failure) : ToolFinding;

    /// <summary>The name means no tool of this provider.</summary>
    /// <param name="Why">In a sentence, when there is more to say than that; null: it is none of its names.</param>
    public sealed record Missing(string? Why = null) : ToolFinding;
}
