namespace Weft.Language.Definitions;

/// <summary>Children that run at the same time.</summary>
public sealed record ParallelTask : TaskDefinition
{
    public GroupStrategy Strategy { get; init; } = GroupStrategy.WaitAll;

    /// <summary>Gets the most children at once; 0: no limit of its own.</summary>
    public int MaxWorkers { get; init; }

    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<TaskDefinition> Children() => Tasks;
}
