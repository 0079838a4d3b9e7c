using Weft.Language;
using Weft.Language.Definitions;

namespace Weft.Workflows.Durable;

/// <summary>
/// When the next attempt of a failed step starts, by a <see cref="RetryPolicy"/>. The same on every host and every replay.
/// </summary>
public static class RetryBackoff
{
    /// <summary>Refuses a policy that is out of range.</summary>
    /// <exception cref="WeftException"><c>invalid_retry_policy</c>: it names the property, its value and its range.</exception>
    public static void Validate(RetryPolicy policy)
    {
        Require(policy.MaxAttempts is >= 1 and <= 100, nameof(policy.MaxAttempts), policy.MaxAttempts, "1 to 100");
        Require(policy.FirstDelay >= TimeSpan.Zero, nameof(policy.FirstDelay), policy.FirstDelay, "zero or more");
        Require(policy.BackoffCoefficient is >= 1 and <= 10, nameof(policy.BackoffCoefficient), policy.BackoffCoefficient, "1 to 10");
        Require(policy.MaxDelay >= TimeSpan.Zero, nameof(policy.MaxDelay), policy.MaxDelay, "zero or more");
        Require(policy.Jitter is >= 0 and <= 1, nameof(policy.Jitter), policy.Jitter, "0 to 1");
        Require(policy.Timeout is null || policy.Timeout >= TimeSpan.Zero, nameof(policy.Timeout), policy.Timeout, "zero or more");
    }

    /// <summary>Answers how long to wait after a failed attempt; null when there is to be no further one.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="failure">How the attempt failed.</param>
    /// <param name="attempt">The number of the failed attempt, from 1.</param>
    /// <param name="elapsed">The time since the first attempt started.</param>
    /// <param name="instanceId">The instance that makes the call: the jitter is drawn from it, the step and the attempt.</param>
    /// <param name="step">The place of the call within the instance.</param>
    public static TimeSpan? NextDelay(
        RetryPolicy policy, FailureDetails failure, int attempt, TimeSpan elapsed, string instanceId, int step)
    {
        if (attempt >= policy.MaxAttempts || failure.NonRetryable
            || policy.NonRetryableCodes.Contains(failure.Code, StringComparer.Ordinal))
        {
            return null;
        }

        var delay = DelayAfter(policy, attempt, instanceId, step);
        return policy.Timeout is { } timeout && elapsed + delay > timeout ? null : delay;
    }

    /// <summary>The same, for a step that is known by a name.</summary>
    public static TimeSpan? NextDelay(
        RetryPolicy policy, FailureDetails failure, int attempt, TimeSpan elapsed, string instanceId, string step) =>
        NextDelay(policy, failure, attempt, elapsed, $"{instanceId}/{step}", 0);

    /// <summary>The wait after an attempt: it grows by the policy's factor up to its longest, and its jitter shortens it.</summary>
    public static TimeSpan DelayAfter(RetryPolicy policy, int attempt, string instanceId, int step)
    {
        var full = Math.Min(
            policy.FirstDelay.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1), policy.MaxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(full * (1 - (policy.Jitter * Draw(instanceId, step, attempt))));
    }

    /// <summary>A number from 0 to 1 that looks random and never changes: FNV-1a, finished as SplitMix64 does.</summary>
    private static double Draw(string instanceId, int step, int attempt)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in instanceId)
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        hash = (hash ^ (uint)step) * 1099511628211UL;
        hash = (hash ^ (uint)attempt) * 1099511628211UL;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return ((hash ^ (hash >> 31)) >> 11) / (double)(1UL << 53);
    }

    private static void Require(bool holds, string name, object? value, string range)
    {
        if (!holds)
        {
            throw new WeftException("invalid_retry_policy", Fault.Invalid, $"RetryPolicy.{name} is {value}; it must be {range}.");
        }
    }
}
