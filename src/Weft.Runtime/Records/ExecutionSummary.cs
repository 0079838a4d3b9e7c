using Weft.Workflows.Contracts;

namespace Weft.Runtime.Records;

/// <summary>One execution in a list, and the values that its index rows hold. A stored format.</summary>
public sealed record ExecutionSummary
{
    /// <summary>Gets the execution's id.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Gets the workflow's id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Gets the version that its definition said.</summary>
    public string? WorkflowVersion { get; init; }

    /// <summary>Gets how it stands.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>Gets when it began, in UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>Gets when it ended, in UTC; null: it has not.</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>Gets the time from start to end, in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>Gets what its models cost, in USD.</summary>
    public double TotalCostUsd { get; init; }

    /// <summary>Gets a value indicating whether simulators answered in place of providers.</summary>
    public bool Sandbox { get; init; }

    /// <summary>Gets why it failed, without the details; null: it did not.</summary>
    public ExecutionError? Error { get; init; }

    /// <summary>Gets the execution that started it; null: none.</summary>
    public string? ParentExecutionId { get; init; }

    /// <summary>Gets what started it: api, cli, schedule, queue, hook, workflow.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool HasEnded() => Status.HasEnded();
}
