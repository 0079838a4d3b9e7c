namespace Weft.Language.Definitions;

/// <summary>Repeats its tasks.</summary>
public sealed record LoopTask : TaskDefinition
{
    /// <summary>Gets the condition that must hold before each round.</summary>
    public ConditionDefinition? While { get; init; }

    /// <summary>Gets the condition that ends the loop after a round.</summary>
    public ConditionDefinition? Until { get; init; }

    /// <summary>Gets the most rounds: 1 to 10,000. The default is 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>Gets the tasks of one round.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<TaskDefinition> Children() => Tasks;
}
