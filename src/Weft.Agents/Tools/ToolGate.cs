using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools;

/// <summary>Keeps calls within the rate and the concurrency of their app.</summary>
internal sealed class ToolGate(IOptions<ToolOptions> options, TimeProvider time)
{
    private readonly SemaphoreSlim _all = new(options.Value.MaxConcurrentCalls, options.Value.MaxConcurrentCalls);
    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Waits for a turn, at most <paramref name="longest"/>. Only toolkits have a rate by default; a file's own tools have one when an
    /// option sets it.
    /// </summary>
    /// <returns>The turn, to be disposed after the call; or why there is none.</returns>
    public async Task<(IDisposable? Turn, ToolFailure? Failure)> EnterAsync(
        ResolvedTool tool, TimeSpan longest, CancellationToken cancellationToken)
    {
        var app = tool.App;
        var lane = _lanes.GetOrAdd(app, name => new Lane(
            new TokenBucket(options.Value.CallsPerMinuteOf(name), time),
            new SemaphoreSlim(options.Value.MaxConcurrentCallsPerApp, options.Value.MaxConcurrentCallsPerApp)));
        var started = time.GetTimestamp();
        var wait = TimeSpan.Zero;
        if ((tool.OfToolkit || options.Value.AppCallsPerMinute.ContainsKey(app)) && !lane.Bucket.TryReserve(longest, out wait))
        {
            return (null, Refusal(
                $"'{app}' has used up its {options.Value.CallsPerMinuteOf(app)} calls a minute "
                + $"({ToolOptions.Section}:{nameof(ToolOptions.CallsPerMinute)}); "
                + $"the next turn is in {wait.TotalSeconds:0.#} s.",
                wait));
        }

        if (wait > TimeSpan.Zero)
        {
            // A little randomness keeps a crowd that was promised turns from arriving in lockstep with others' clocks.
            await Task.Delay(wait + TimeSpan.FromMilliseconds(Random.Shared.Next(0, 50)), time, cancellationToken);
        }

        if (!await EnterAsync(lane.Slots, Left(), cancellationToken))
        {
            return (null, Busy(app));
        }

        if (await EnterAsync(_all, Left(), cancellationToken, lane.Slots))
        {
            return (new Turn(lane.Slots, _all), null);
        }

        return (null, Busy(app));

        TimeSpan Left() => longest - time.GetElapsedTime(started) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
    }

    private async Task<bool> EnterAsync(
        SemaphoreSlim slots, TimeSpan longest, CancellationToken cancellationToken, SemaphoreSlim? held = null)
    {
        var entered = false;
        try
        {
            entered = slots.Wait(0, CancellationToken.None) || await WaitAsync(slots, longest, cancellationToken);
            return entered;
        }
        finally
        {
            if (!entered)
            {
                held?.Release();
            }
        }
    }

    private async Task<bool> WaitAsync(SemaphoreSlim slots, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await slots.WaitAsync(both.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private ToolFailure Busy(string app) => Refusal(
        $"'{app}' has {options.Value.MaxConcurrentCallsPerApp} calls running, or the process {options.Value.MaxConcurrentCalls} in all, "
        + $"and none ended in time.", TimeSpan.FromSeconds(1));

    private static ToolFailure Refusal(string message, TimeSpan wait) =>
        ToolFailureKind.RateLimited.Failure(message, retryable: true) with { RetryAfterMs = (long)Math.Ceiling(wait.TotalMilliseconds) };

    private sealed record Lane(TokenBucket Bucket, SemaphoreSlim Slots);

    private sealed class Turn(SemaphoreSlim lane, SemaphoreSlim all) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                all.Release();
                lane.Release();
            }
        }
    }
}
