namespace Weft.Agents.Models.Costs;

/// <summary>One model's share.</summary>
public sealed record ModelCost
{
    public required string SelectedModel { get; init; }

    public required string Provider { get; init; }

    public long Calls { get; init; }

    public double CostUsd { get; init; }

    public double AvgLatencyMs { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public long FailedCalls { get; init; }
}
