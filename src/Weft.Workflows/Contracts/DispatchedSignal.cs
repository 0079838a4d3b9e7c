namespace Weft.Workflows.Contracts;

/// <summary>What a signal started; empty: no workflow waits for it.</summary>
public sealed record DispatchedSignal(IReadOnlyList<string> ExecutionIds);
