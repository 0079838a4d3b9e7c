namespace Weft.Workflows.Graphs;

/// <summary>Where a node of a running graph stands. It only moves forward.</summary>
internal enum NodeState
{
    /// <summary>An incoming edge is not resolved yet.</summary>
    Pending,

    /// <summary>It may run now.</summary>
    Ready,

    /// <summary>It was handed out by <see cref="GraphRun.TakeReady"/>.</summary>
    Running,

    /// <summary>It ran, or its failure was taken as a result.</summary>
    Completed,

    /// <summary>It failed, and no policy took its failure as a result.</summary>
    Failed,

    /// <summary>No incoming edge was taken, or its own condition was false.</summary>
    Skipped,

    /// <summary>The run ended before it did.</summary>
    Cancelled,
}
