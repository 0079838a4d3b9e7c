namespace Weft.Runtime.Operations;

/// <summary>One execution without progress.</summary>
/// <param name="ExecutionId">The execution.</param>
/// <param name="WorkflowId">Its workflow.</param>
/// <param name="Reason">Why.</param>
/// <param name="NodeIds">Where it stands.</param>
/// <param name="LastProgressAt">When something last happened in it or in what it runs, UTC.</param>
/// <param name="Detail">Why, in words, and what to do.</param>
public sealed record StuckRun(
    string ExecutionId, string WorkflowId, StuckReason Reason, IReadOnlyList<string> NodeIds, DateTime LastProgressAt, string Detail);
