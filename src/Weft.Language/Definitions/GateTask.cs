namespace Weft.Language.Definitions;

/// <summary>The steps dialect's condition: holds, or ends the list (or jumps).</summary>
public sealed record GateTask : TaskDefinition
{
    /// <summary>Gets what must hold for the sequence to go on.</summary>
    public required ConditionDefinition Condition { get; init; }

    /// <summary>Gets the task to go to when it holds; null: the next one.</summary>
    public string? Then { get; init; }

    /// <summary>Gets the task to go to when it does not; null: the rest is skipped.</summary>
    public string? Else { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<TaskBranch> Branches() =>
        Then is not null && Else is not null ? [new TaskBranch("then", Then), new TaskBranch("else", Else)] : [];
}
