namespace Weft.Workflows.Orchestration.Activities;

/// <summary>The record of an execution is durable.</summary>
public sealed record RecordedExecution(bool Recorded);
