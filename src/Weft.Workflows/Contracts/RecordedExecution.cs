namespace Weft.Workflows.Contracts;

/// <summary>The record of an execution is durable.</summary>
public sealed record RecordedExecution(bool Recorded);
