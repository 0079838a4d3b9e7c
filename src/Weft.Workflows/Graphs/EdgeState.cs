namespace Weft.Workflows.Graphs;

/// <summary>What is known of an edge while a graph runs. It leaves <see cref="Pending"/> once, and never changes again.</summary>
internal enum EdgeState
{
    /// <summary>The source has not finished.</summary>
    Pending,

    /// <summary>The source completed and the condition held (or it failed, and this edge leads to its handler).</summary>
    Taken,

    /// <summary>The source was skipped, or it completed and the condition did not hold.</summary>
    NotTaken,
}
