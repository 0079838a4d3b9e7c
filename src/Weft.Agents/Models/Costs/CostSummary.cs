namespace Weft.Agents.Models.Costs;

/// <summary>What models cost over a period: the body of <c>GET /costs/summary</c>.</summary>
/// <param name="Period">hourly, daily or monthly: the last hour, day or month up to now.</param>
/// <param name="Summary">All together.</param>
/// <param name="ByModel">Each model, the dearest first.</param>
public sealed record CostSummary(string Period, CostTotals Summary, IReadOnlyList<ModelCost> ByModel)
{
    /// <summary>Gets the start of the period, UTC.</summary>
    public DateTime From { get; init; }

    /// <summary>Gets its end, UTC.</summary>
    public DateTime To { get; init; }
}

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

/// <summary>One workflow's share: an item of <c>GET /costs/workflows</c>.</summary>
public sealed record WorkflowCost
{
    public required string WorkflowId { get; init; }

    public long Executions { get; init; }

    public long Calls { get; init; }

    public double TotalCostUsd { get; init; }

    public double AvgCostPerExecution { get; init; }

    public long TotalTokens { get; init; }
}
