namespace Weft.Agents.Models.Costs;

/// <summary>Sums over calls that succeeded; failed ones are counted apart.</summary>
public sealed record CostTotals
{
    public long TotalCalls { get; init; }

    public double TotalCostUsd { get; init; }

    public double AvgCostUsd { get; init; }

    public long TotalTokens { get; init; }

    public double AvgLatencyMs { get; init; }

    public long FailedCalls { get; init; }

    /// <summary>Gets what failed calls may have cost all the same; not in <see cref="TotalCostUsd"/>.</summary>
    public double FailedCostUsd { get; init; }

    /// <summary>Gets the successful calls whose price is not known, and which the sums leave out.</summary>
    public long UnpricedCalls { get; init; }
}
