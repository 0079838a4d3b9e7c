namespace Weft.Workflows.Contracts;

/// <summary>What happened, node by node, and what it cost.</summary>
public sealed record ExecutionTrace
{
    public IReadOnlyList<NodeTrace> Nodes { get; init; } = [];

    public CostBreakdown Costs { get; init; } = new();

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
