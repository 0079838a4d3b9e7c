using Weft.Language.Definitions;

namespace Weft.Runtime.Cards;

/// <summary>How one agent did in a period.</summary>
public sealed record AgentStatistics
{
    public required string Agent { get; init; }

    public AgentType? AgentType { get; init; }

    public int Runs { get; init; }

    public int FailedRuns { get; init; }

    /// <summary>Gets the share that succeeded, 0 to 1.</summary>
    public double SuccessRate { get; init; }

    public double AvgDurationMs { get; init; }

    public double AvgIterations { get; init; }

    public int ToolCalls { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public double TotalCostUsd { get; init; }

    /// <summary>Gets the failures by code.</summary>
    public IReadOnlyDictionary<string, int> Failures { get; init; } = new Dictionary<string, int>();
}
