namespace Weft.Agents.Models.Costs;

/// <summary>Sums over calls that succeeded; failed ones are counted apart.</summary>
public sealed record CostTotals
{
    /// <summary>Gets how many calls succeeded.</summary>
    public long TotalCalls { get; init; }

    /// <summary>Gets what they cost, in USD.</summary>
    public double TotalCostUsd { get; init; }

    /// <summary>Gets what a call whose price is known cost on average, in USD.</summary>
    public double AvgCostUsd { get; init; }

    /// <summary>Gets the tokens of prompts and answers together.</summary>
    public long TotalTokens { get; init; }

    /// <summary>Gets how long a call took on average, in milliseconds.</summary>
    public double AvgLatencyMs { get; init; }

    /// <summary>Gets how many calls failed.</summary>
    public long FailedCalls { get; init; }

    /// <summary>Gets what failed calls may have cost all the same; not in <see cref="TotalCostUsd"/>.</summary>
    public double FailedCostUsd { get; init; }

    /// <summary>Gets the successful calls whose price is not known, and which the sums leave out.</summary>
    public long UnpricedCalls { get; init; }
}
