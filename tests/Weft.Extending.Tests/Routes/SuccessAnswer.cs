namespace Weft.Extending.Tests.Routes;

/// <summary>How executions ended.</summary>
/// <param name="EndedCount">How many have ended.</param>
/// <param name="CompletedCount">How many of them well.</param>
public sealed record SuccessAnswer(int EndedCount, int CompletedCount);
