using Weft.Workflows.Contracts;

namespace Weft.Workflows.Execution;

/// <summary>What is a node's or a task's own in its <see cref="NodeLifecycle"/>.</summary>
internal sealed record NodeWork
{
    /// <summary>Gets what its trace says from the beginning.</summary>
    public required NodeTrace Trace { get; init; }

    /// <summary>Gets its trace in the execution that a rerun takes it over from; null: it runs.</summary>
    public NodeTrace? Adopted { get; init; }

    /// <summary>Gets what asks its condition. Answers why it is skipped; null: it runs.</summary>
    public required Func<CancellationToken, Task<string?>> Condition { get; init; }

    /// <summary>Gets what renders its input, and works on it.</summary>
    public required Func<CancellationToken, Task<StepOutcome>> Run { get; init; }

    /// <summary>Gets what shapes the output of work that succeeded, and stores what is too large for a history.</summary>
    public required Func<StepOutcome, CancellationToken, Task<StepOutcome>> Shape { get; init; }
}
