namespace Weft.Language.Definitions;

/// <summary>What steps inherit.</summary>
public sealed record StepDefaults
{
    /// <summary>Gets how failed steps are tried again; null: as the product does by default.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>Gets how long a step may take; null: as the product does by default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the longest time of one attempt: one model call or one tool call.</summary>
    public TimeSpan? AttemptTimeout { get; init; }
}
