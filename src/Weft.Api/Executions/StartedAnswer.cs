using Weft.Workflows.Contracts;

namespace Weft.Api.Executions;

/// <summary>An execution that was started.</summary>
internal sealed record StartedAnswer(string ExecutionId, ExecutionStatus Status, ExecutionLinks Links);
