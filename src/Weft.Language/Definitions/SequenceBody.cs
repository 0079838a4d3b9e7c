namespace Weft.Language.Definitions;

/// <summary>A list of tasks: run in order, or driven by transitions when any task names one.</summary>
/// <param name="Tasks">The tasks as written.</param>
public sealed record SequenceBody(IReadOnlyList<TaskDefinition> Tasks) : WorkflowBody
{
    /// <summary>
    /// Gets a value indicating whether the first failed task ends the run (the default), or the rest still runs (status partial).
    /// </summary>
    public bool FailFast { get; init; } = true;
}
