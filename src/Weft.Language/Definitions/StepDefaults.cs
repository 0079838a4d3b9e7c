namespace Weft.Language.Definitions;

/// <summary>What steps inherit.</summary>
public sealed record StepDefaults
{
    /// <summary>Gets how failed steps are tried again; null: they are not.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>Gets how long a step may take; null: as long as its agent's card allows, else as long as it wants.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the longest time of one attempt: one model call or one tool call.</summary>
    public TimeSpan? AttemptTimeout { get; init; }
}
