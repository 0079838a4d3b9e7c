namespace Weft.Agents.Models.Costs;

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
