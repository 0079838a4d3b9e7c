namespace Weft.Workflows.Contracts;

/// <summary>Loads the pinned definition, and records that the execution has begun.</summary>
public sealed record LoadWorkflowRequest(string ExecutionId, RunWorkflowInput Run, DateTime StartedAt);
