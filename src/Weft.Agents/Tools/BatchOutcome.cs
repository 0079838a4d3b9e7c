namespace Weft.Agents.Tools;

/// <summary>What a batch came to; results in the order of the request.</summary>
public sealed record BatchOutcome(
    string BatchId, int TotalActions, int SuccessfulActions, int FailedActions, IReadOnlyList<DirectResult> Results, long TotalTimeMs);
