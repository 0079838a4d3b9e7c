using Weft.Workflows.Contracts;

namespace Weft.Runtime.Records;

/// <summary>One execution in a list, and the values that its index rows hold. A stored format.</summary>
public sealed record ExecutionSummary
{
    public required string ExecutionId { get; init; }

    public required string WorkflowId { get; init; }

    public string? WorkflowVersion { get; init; }

    public required ExecutionStatus Status { get; init; }

    public required DateTime StartedAt { get; init; }

    public DateTime? CompletedAt { get; init; }

    public long DurationMs { get; init; }

    public double TotalCostUsd { get; init; }

    public bool Sandbox { get; init; }

    /// <summary>Gets why it failed, without the details.</summary>
    public ExecutionError? Error { get; init; }

    public string? ParentExecutionId { get; init; }

    /// <summary>Gets what started it: api, cli, schedule, queue, hook, workflow.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Gets a value indicating whether nothing more will happen to it.</summary>
    public bool HasEnded() => Status.HasEnded();
}
