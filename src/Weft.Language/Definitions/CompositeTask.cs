namespace Weft.Language.Definitions;

/// <summary>Children that run one after another.</summary>
public sealed record CompositeTask : TaskDefinition
{
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<TaskDefinition> Children() => Tasks;
}
