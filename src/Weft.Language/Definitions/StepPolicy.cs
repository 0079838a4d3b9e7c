namespace Weft.Language.Definitions;

/// <summary>When a step is retried, how long it may take. Null: inherited from <see cref="StepDefaults"/>.</summary>
public sealed record StepPolicy
{
    /// <summary>Gets how the step is tried again after a failure; null: the file's default.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>Gets the longest time of the whole step, retries included.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the longest time of one attempt: one model call or one tool call.</summary>
    public TimeSpan? AttemptTimeout { get; init; }
}
