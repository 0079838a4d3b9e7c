namespace Weft.Workflows.Contracts;

/// <summary>What a running execution publishes as its custom status: small whatever the size of the workflow.</summary>
public sealed record ExecutionProgress
{
    /// <summary>Gets how the execution stands.</summary>
    public ExecutionStatus Status { get; init; } = ExecutionStatus.Running;

    /// <summary>Gets how many nodes the definition has; more may run, where lists are worked item by item.</summary>
    public int NodesTotal { get; init; }

    /// <summary>Gets how many nodes completed.</summary>
    public int NodesCompleted { get; init; }

    /// <summary>Gets how many nodes were skipped.</summary>
    public int NodesSkipped { get; init; }

    /// <summary>Gets how many nodes failed.</summary>
    public int NodesFailed { get; init; }

    /// <summary>Gets what models cost so far, in USD.</summary>
    public double CostUsd { get; init; }

    /// <summary>Gets the nodes that run now: at most 20.</summary>
    public IReadOnlyList<string> Running { get; init; } = [];

    /// <summary>Gets the last nodes that ended, newest last: at most 20, without previews when they would not fit.</summary>
    public IReadOnlyList<NodeTrace> Recent { get; init; } = [];

    /// <summary>Gets what it waits for, when it waits for a signal or a person.</summary>
    public IReadOnlyList<WaitingFor> Waiting { get; init; } = [];
}
