namespace Weft.Runtime.Executions;

/// <summary>What became of a start.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="Repeated">Whether an earlier start with the same key had started it.</param>
public sealed record StartedExecution(string ExecutionId, bool Repeated);
