namespace Weft.Api.Executions;

/// <summary>A signal that is on its way.</summary>
internal sealed record SignalAnswer(string ExecutionId, string SignalName, string SignalId);
