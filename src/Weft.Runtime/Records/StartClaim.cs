namespace Weft.Runtime.Records;

/// <summary>What a key stands for.</summary>
/// <param name="ExecutionId">The execution that it started.</param>
/// <param name="ContentHash">The definition that the start pinned.</param>
/// <param name="RequestHash">A hash of the input and context, so that a key is not taken for another request.</param>
/// <param name="ClaimedAt">When, UTC.</param>
internal sealed record StartClaim(string ExecutionId, string ContentHash, string RequestHash, DateTime ClaimedAt);
