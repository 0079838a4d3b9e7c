namespace Weft.Workflows.Orchestration;

/// <summary>How long to wait before a failed attempt is made again.</summary>
internal static class RetrySchedule
{
    /// <summary>The wait after an attempt: it grows by the policy's factor up to its longest, and is spread by its jitter.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="context">Draws the jitter, so that a replay waits equally long.</param>
    public static TimeSpan DelayAfter(RetryPolicy policy, int attempt, IOrchestrationContext context)
    {
        var grown = policy.FirstDelay.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        var delay = Math.Min(grown, policy.MaxDelay.TotalMilliseconds);
        if (policy.Jitter > 0)
        {
            var draw = BitConverter.ToUInt32(context.NewGuid().ToByteArray(), 10) / (double)uint.MaxValue;
            delay *= 1 + (policy.Jitter * ((2 * draw) - 1));
        }

        return TimeSpan.FromMilliseconds(Math.Max(0, delay));
    }

    /// <summary>Whether the policy allows another attempt after this failure.</summary>
    public static bool Allows(RetryPolicy? policy, int attempt, FailureDetails failure, TimeSpan elapsed) =>
        policy is not null && attempt < policy.MaxAttempts && !failure.NonRetryable
        && !policy.NonRetryableCodes.Contains(failure.Code, StringComparer.OrdinalIgnoreCase)
        && (policy.Timeout is null || elapsed < policy.Timeout);
}
