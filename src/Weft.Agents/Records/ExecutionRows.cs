using System.Text.Json.Nodes;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Records;

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

/// <summary>The row of one execution: its summary and its document.</summary>
internal sealed record ExecutionRow(ExecutionSummary Summary, string ContentHash)
{
    /// <summary>Gets the document, or the stand-in of a large one; null while it runs.</summary>
    public JsonNode? Document { get; init; }

    /// <summary>Gets the input, or its stand-in, while it runs.</summary>
    public JsonNode? Input { get; init; }

    /// <summary>Gets the caller's context, or its stand-in; kept for reruns.</summary>
    public JsonNode? Context { get; init; }

    /// <summary>Gets the execution that this one repeats.</summary>
    public string? RerunOf { get; init; }

    /// <summary>Gets the queue that its start wants told of its end.</summary>
    public string? ReplyTo { get; init; }
}

/// <summary>The wish for a message about an end. It lies there until the message is sent.</summary>
internal sealed record CompletionNotice(string ExecutionId, string? ReplyTo);

/// <summary>One node's run, as agents' health and usage are counted from it.</summary>
public sealed record NodeRun
{
    public required string ExecutionId { get; init; }

    public required string WorkflowId { get; init; }

    public required string NodeId { get; init; }

    public required string Kind { get; init; }

    public required NodeStatus Status { get; init; }

    public required DateTime EndedAt { get; init; }

    public string? Agent { get; init; }

    public AgentType? AgentType { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public long DurationMs { get; init; }

    public double CostUsd { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public int Iterations { get; init; }

    public int ToolCalls { get; init; }

    public string? ErrorCode { get; init; }
}

/// <summary>Which executions to list, newest first.</summary>
public sealed record ExecutionQuery
{
    public string? WorkflowId { get; init; }

    public ExecutionStatus? Status { get; init; }

    /// <summary>Gets the earliest start, inclusive, UTC.</summary>
    public DateTime? From { get; init; }

    /// <summary>Gets the latest start, exclusive, UTC.</summary>
    public DateTime? To { get; init; }

    /// <summary>Gets the page size: 1 to 200. The default is 50.</summary>
    public int Limit { get; init; } = 50;

    public string? Cursor { get; init; }
}

/// <summary>A page of a list; a null cursor means that it is the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Words on <see cref="ExecutionStatus"/>.</summary>
public static class ExecutionStatusFacts
{
    /// <summary>Whether nothing more will happen to an execution in this status.</summary>
    public static bool HasEnded(this ExecutionStatus status) =>
        status is ExecutionStatus.Completed or ExecutionStatus.Partial or ExecutionStatus.Failed or ExecutionStatus.Cancelled;
}
