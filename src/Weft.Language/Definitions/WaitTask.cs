using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>Waits for a signal that meets a condition.</summary>
public sealed record WaitTask : TaskDefinition
{
    /// <summary>Gets the signal's name, templated.</summary>
    public required string WaitFor { get; init; }

    /// <summary>Gets the condition over <c>signal</c> and <c>processor</c>; null: the first signal will do.</summary>
    public ConditionDefinition? Condition { get; init; }

    /// <summary>Gets the task that works on the signal's data before the wait is over; null: none.</summary>
    public TaskDefinition? Processor { get; init; }

    /// <summary>Gets the task to go to when the time is up; null: a failure.</summary>
    public string? OnTimeout { get; init; }

    /// <summary>Gets what the input of <see cref="OnTimeout"/>'s task gains.</summary>
    public JsonNode? OnTimeoutWith { get; init; }

    /// <summary>Gets the longest wait: a duration, or a template of one; null: no limit.</summary>
    public string? Timeout { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<TaskDefinition> Children() => Processor is null ? [] : [Processor];

    /// <inheritdoc/>
    public override Transition? WhenTimeIsUp() => OnTimeout is null ? null : new Transition(OnTimeout, OnTimeoutWith);
}
