using System.Text.Json.Nodes;

namespace Weft.Runtime.Executions;

/// <summary>A wish to start an execution.</summary>
/// <param name="WorkflowId">The workflow.</param>
/// <param name="Input">Its input; held against the workflow's input schema.</param>
/// <param name="Context">The caller's context: conversation, customer and the like.</param>
public sealed record StartExecution(string WorkflowId, JsonObject Input, JsonObject Context)
{
    /// <summary>Gets the caller's key: a repeated start with the same key answers the first execution; null: each start is new.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Gets what starts it: api, cli, schedule, queue, hook, workflow.</summary>
    public string StartedBy { get; init; } = "api";

    /// <summary>Gets the definition to run, by content hash; null: the latest.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Gets the execution that this one repeats; null: none.</summary>
    public string? RerunOf { get; init; }

    /// <summary>Gets the node from which it runs anew, adopting what finished before it; null: it runs as a whole.</summary>
    public string? RerunFrom { get; init; }

    /// <summary>Gets the execution that asked for this one; null: none.</summary>
    public string? ParentExecutionId { get; init; }

    /// <summary>Gets how many executions lie above the new one: 0 for one that nobody's step starts.</summary>
    public int Depth { get; init; }
}
