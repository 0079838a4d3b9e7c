namespace Weft.Language.Definitions;

/// <summary>Children that run at the same time.</summary>
public sealed record ParallelTask : TaskDefinition
{
    /// <summary>Gets when the group is done, and what a failed child means for it.</summary>
    public GroupStrategy Strategy { get; init; } = GroupStrategy.WaitAll;

    /// <summary>Gets the most children at once; 0: no limit of its own.</summary>
    public int MaxWorkers { get; init; }

    /// <summary>Gets the children, in the order in which they start.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<TaskDefinition> Children() => Tasks;
}
