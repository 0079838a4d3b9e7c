using Weft.Language.Definitions;

namespace Weft.Runtime.Cards;

/// <summary>How one agent did in a period.</summary>
public sealed record AgentStatistics
{
    /// <summary>Gets the agent's name.</summary>
    public required string Agent { get; init; }

    /// <summary>Gets the agent's kind; null: none of its runs told.</summary>
    public AgentType? AgentType { get; init; }

    /// <summary>Gets how many runs ended in the time asked for.</summary>
    public int Runs { get; init; }

    /// <summary>Gets how many of them failed.</summary>
    public int FailedRuns { get; init; }

    /// <summary>Gets the share that succeeded, 0 to 1.</summary>
    public double SuccessRate { get; init; }

    /// <summary>Gets how long a run took on average, in milliseconds.</summary>
    public double AvgDurationMs { get; init; }

    /// <summary>Gets how many rounds a run took on average.</summary>
    public double AvgIterations { get; init; }

    /// <summary>Gets how many tools were called.</summary>
    public int ToolCalls { get; init; }

    /// <summary>Gets the tokens of all prompts.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the tokens of all answers.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Gets what the runs cost, in USD.</summary>
    public double TotalCostUsd { get; init; }

    /// <summary>Gets the failures by code.</summary>
    public IReadOnlyDictionary<string, int> Failures { get; init; } = new Dictionary<string, int>();
}
