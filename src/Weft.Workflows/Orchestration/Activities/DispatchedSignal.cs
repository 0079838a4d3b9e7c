namespace Weft.Workflows.Orchestration.Activities;

/// <summary>What a signal started; empty: no workflow waits for it.</summary>
public sealed record DispatchedSignal(IReadOnlyList<string> ExecutionIds);
