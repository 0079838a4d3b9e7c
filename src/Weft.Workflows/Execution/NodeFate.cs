namespace Weft.Workflows.Execution;

/// <summary>Which way a node went through its <see cref="NodeLifecycle"/>.</summary>
internal enum NodeFate
{
    /// <summary>It was taken over from the execution that a rerun repeats.</summary>
    Adopted,

    /// <summary>Its condition was false: nothing is traced yet.</summary>
    Skipped,

    /// <summary>It ran to its end, or failed on the way.</summary>
    Ended,
}
