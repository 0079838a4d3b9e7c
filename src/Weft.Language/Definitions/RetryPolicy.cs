namespace Weft.Language.Definitions;

/// <summary>When a failed attempt is made again. The waits are durable timers.</summary>
public sealed record RetryPolicy
{
    /// <summary>Gets the number of attempts in all, the first included: 1 to 100. The default is 3.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>Gets the wait before the second attempt. The default is 1 s.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the factor by which each further wait grows: 1 to 10. The default is 2.</summary>
    public double BackoffCoefficient { get; init; } = 2;

    /// <summary>Gets the longest wait. The default is 1 minute.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the share of each wait that is random, 0 to 1, so that a crowd of retries spreads. The default is 0.2.</summary>
    /// <remarks>The draw comes from the instance's own id and the attempt, so that a replay waits equally long.</remarks>
    public double Jitter { get; init; } = 0.2;

    /// <summary>Gets the time after which no further attempt starts, counted from the first; null: no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets failure codes that are never retried, besides failures that say so themselves.</summary>
    public IReadOnlyList<string> NonRetryableCodes { get; init; } = [];
}
