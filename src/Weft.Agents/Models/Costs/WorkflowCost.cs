namespace Weft.Agents.Models.Costs;

/// <summary>One workflow's share, failed calls included: an item of <c>GET /costs/workflows</c>.</summary>
public sealed record WorkflowCost
{
    /// <summary>Gets the workflow's id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Gets how many executions made a call.</summary>
    public long Executions { get; init; }

    /// <summary>Gets how many calls they made.</summary>
    public long Calls { get; init; }

    /// <summary>Gets what they cost, in USD.</summary>
    public double TotalCostUsd { get; init; }

    /// <summary>Gets what an execution cost on average, in USD.</summary>
    public double AvgCostPerExecution { get; init; }

    /// <summary>Gets the tokens of prompts and answers together.</summary>
    public long TotalTokens { get; init; }
}
