namespace Weft.Workflows.Contracts;

/// <summary>What a running execution publishes as its custom status: small whatever the size of the workflow.</summary>
public sealed record ExecutionProgress
{
    public ExecutionStatus Status { get; init; } = ExecutionStatus.Running;

    public int NodesTotal { get; init; }

    public int NodesCompleted { get; init; }

    public int NodesSkipped { get; init; }

    public int NodesFailed { get; init; }

    public double CostUsd { get; init; }

    /// <summary>Gets the nodes that run now: at most 20.</summary>
    public IReadOnlyList<string> Running { get; init; } = [];

    /// <summary>Gets the last nodes that ended, newest last: at most 20, without previews when they would not fit.</summary>
    public IReadOnlyList<NodeTrace> Recent { get; init; } = [];

    /// <summary>Gets what it waits for, when it waits for a signal or a person.</summary>
    public IReadOnlyList<WaitingFor> Waiting { get; init; } = [];
}
