namespace Weft.Language.Definitions;

/// <summary>What steps inherit.</summary>
public sealed record StepDefaults
{
    public RetryPolicy? Retry { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the longest time of one attempt: one model call or one tool call.</summary>
    public TimeSpan? AttemptTimeout { get; init; }
}
