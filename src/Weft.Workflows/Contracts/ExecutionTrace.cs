namespace Weft.Workflows.Contracts;

/// <summary>What happened, node by node, and what it cost.</summary>
public sealed record ExecutionTrace
{
    /// <summary>Gets the nodes in the order in which they began.</summary>
    public IReadOnlyList<NodeTrace> Nodes { get; init; } = [];

    /// <summary>Gets the costs by node and by model.</summary>
    public CostBreakdown Costs { get; init; } = new();

    /// <summary>Gets what went on though something was not right.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
