namespace Weft.Language.Definitions;

/// <summary>Children that run one after another.</summary>
public sealed record CompositeTask : TaskDefinition
{
    /// <summary>Gets the tasks within, which run as a list of their own.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<TaskDefinition> Children() => Tasks;
}
