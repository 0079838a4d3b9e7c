using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>The input of one execution. The instance id is the execution id.</summary>
/// <param name="WorkflowId">The workflow's id, for records.</param>
/// <param name="ContentHash">The definition that the start pinned; empty: the latest one, which <see cref="LoadedWorkflow.ContentHash"/>
/// then names.</param>
/// <param name="Input">The caller's input.</param>
/// <param name="Context">The caller's context: conversation, customer and the like.</param>
public sealed record RunWorkflowInput(string WorkflowId, string ContentHash, JsonObject Input, JsonObject Context)
{
    /// <summary>Gets the execution that this one is a child of; null: a root.</summary>
    public string? ParentExecutionId { get; init; }

    /// <summary>Gets how many executions lie above this one: 0 for one that nobody's step started.</summary>
    public int Depth { get; init; }

    /// <summary>Gets the execution that this one repeats; null: none.</summary>
    public string? RerunOf { get; init; }

    /// <summary>Gets the node from which it runs anew, adopting what finished before it; null: it runs as a whole.</summary>
    public string? RerunFrom { get; init; }

    /// <summary>Gets what started it: api, cli, schedule, queue, hook, workflow.</summary>
    public string? StartedBy { get; init; }
}
