namespace Weft.Agents.Tools;

/// <summary>How long to wait between the attempts of a call: exponential, with jitter.</summary>
internal static class RetryDelay
{
    /// <summary>The wait after an attempt that failed: it doubles each time, and a random fifth more or less spreads a crowd.</summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="first">The wait after the first one.</param>
    public static TimeSpan After(int attempt, TimeSpan first) =>
        first * Math.Pow(2, attempt - 1) * (0.8 + (Random.Shared.NextDouble() * 0.4));
}
