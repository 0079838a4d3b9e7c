using System.Collections.Concurrent;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>Retries of activities: how often, when, and when not.</summary>
public abstract class RetryConformance : OrchestrationConformance
{
    private readonly ConcurrentQueue<DateTimeOffset> _attempts = new();

    [Fact]
    public virtual async Task Retry_SucceedsAtTheThirdAttempt_TheCallSucceeds()
    {
        await StartFlakyAsync(failures: 2, new RetryPolicy { MaxAttempts = 3, FirstDelay = TimeSpan.FromMilliseconds(1) });

        Assert.Equal("ok", await ResultAsync<string>("main"));
        Assert.Equal(3, _attempts.Count);
    }

    [Fact]
    public virtual async Task Retry_UsedUp_FailsWithTheLastFailure()
    {
        await StartFlakyAsync(
            failures: 99, new RetryPolicy { MaxAttempts = 4, FirstDelay = TimeSpan.FromMilliseconds(1), BackoffCoefficient = 1 });

        var ended = await RunAsync("main");

        Assert.Equal(("flaky", "attempt 4"), (ended.Failure!.Code, ended.Failure.Message));
        Assert.Equal(4, _attempts.Count);
    }

    [Fact]
    public virtual async Task Retry_Waits_ByTheDurableTimersOfItsBackoff()
    {
        await StartFlakyAsync(failures: 2,
            new RetryPolicy { MaxAttempts = 3, FirstDelay = TimeSpan.FromHours(1), BackoffCoefficient = 3, MaxDelay = TimeSpan.FromDays(1),
                Jitter = 0 });

        await ScheduleAsync("main");
        await AttemptsAsync(1);
        await AdvanceUntilAttemptAsync(2, TimeSpan.FromMinutes(10));
        await AdvanceUntilAttemptAsync(3, TimeSpan.FromMinutes(10));
        await EndAsync();

        var times = _attempts.ToArray();
        Assert.InRange(times[1] - times[0], TimeSpan.FromHours(1), TimeSpan.FromHours(1.5));
        Assert.InRange(times[2] - times[1], TimeSpan.FromHours(3), TimeSpan.FromHours(3.5));
    }

    [Fact]
    public virtual async Task Retry_BackoffBeyondItsLimit_WaitsTheLimit()
    {
        await StartFlakyAsync(failures: 2,
            new RetryPolicy { MaxAttempts = 3, FirstDelay = TimeSpan.FromHours(1), BackoffCoefficient = 10,
                MaxDelay = TimeSpan.FromHours(2), Jitter = 0 });

        await ScheduleAsync("main");
        await AttemptsAsync(1);
        await AdvanceUntilAttemptAsync(2, TimeSpan.FromMinutes(10));
        await AdvanceUntilAttemptAsync(3, TimeSpan.FromMinutes(10));
        await EndAsync();

        var times = _attempts.ToArray();
        Assert.InRange(times[2] - times[1], TimeSpan.FromHours(2), TimeSpan.FromHours(2.5));
    }

    [Fact]
    public virtual async Task Retry_OfANonRetryableFailure_IsNotMade()
    {
        await StartFlakyAsync(failures: 99, new RetryPolicy { MaxAttempts = 5, FirstDelay = TimeSpan.FromHours(1) }, nonRetryable: true);

        Assert.Equal("attempt 1", (await RunAsync("main")).Failure!.Message);
        Assert.Single(_attempts);
    }

    [Fact]
    public virtual async Task Retry_OfACodeThatThePolicyExcludes_IsNotMade()
    {
        await StartFlakyAsync(
            failures: 99, new RetryPolicy { MaxAttempts = 5, FirstDelay = TimeSpan.FromHours(1), NonRetryableCodes = ["flaky"] });

        Assert.Equal("attempt 1", (await RunAsync("main")).Failure!.Message);
        Assert.Single(_attempts);
    }

    [Fact]
    public virtual async Task Retry_BeyondItsTimeout_IsNotMade()
    {
        await StartFlakyAsync(failures: 99,
            new RetryPolicy { MaxAttempts = 5, FirstDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1),
                Timeout = TimeSpan.FromMinutes(30), Jitter = 0 });

        Assert.Equal("attempt 1", (await RunAsync("main")).Failure!.Message);
        Assert.Single(_attempts);
    }

    [Fact]
    public virtual async Task Retry_WithAPolicyOutOfRange_FailsTheCallNamingTheProperty()
    {
        await StartFlakyAsync(failures: 1, new RetryPolicy { MaxAttempts = 3, BackoffCoefficient = 0.5 });

        var ended = await RunAsync("main");

        Assert.Equal("invalid_retry_policy", ended.Failure!.Code);
        Assert.Contains("BackoffCoefficient", ended.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public virtual async Task Retry_WaitingThroughARestart_GoesOn()
    {
        void Code(EngineSetup setup) =>
            Flaky(setup, failures: 1, new RetryPolicy { MaxAttempts = 2, FirstDelay = TimeSpan.FromHours(1), Jitter = 0 });
        await StartAsync(Code);
        await ScheduleAsync("main");
        await AttemptsAsync(1);

        await RestartAsync(Code);
        await AdvanceUntilAttemptAsync(2, TimeSpan.FromMinutes(30));

        Assert.Equal("ok", Result<string>(await EndAsync()));
        Assert.Equal(2, _attempts.Count);
    }

    [Fact]
    public void Jitter_OfOneAttempt_IsAlwaysTheSameAndDiffersBetweenInstances()
    {
        var policy = new RetryPolicy { FirstDelay = TimeSpan.FromSeconds(10), Jitter = 0.5 };
        var failure = new FailureDetails("flaky", "no");

        var draws =
            Enumerable.Range(0, 200).Select(i => RetryBackoff.NextDelay(policy, failure, 1, TimeSpan.Zero, $"i{i}", 0)!.Value).ToList();

        Assert.Equal(
            draws, Enumerable.Range(0, 200).Select(i => RetryBackoff.NextDelay(policy, failure, 1, TimeSpan.Zero, $"i{i}", 0)!.Value));
        Assert.All(draws, draw => Assert.InRange(draw, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)));
        Assert.True(draws.Distinct().Count() > 190);
        Assert.InRange(draws.Average(draw => draw.TotalSeconds), 7, 8);
    }

    private Task StartFlakyAsync(int failures, RetryPolicy policy, bool nonRetryable = false) =>
        StartAsync(setup => Flaky(setup, failures, policy, nonRetryable));

    private void Flaky(EngineSetup setup, int failures, RetryPolicy policy, bool nonRetryable = false) => setup
        .Activity<int, string>("flaky", (_, _, _) =>
        {
            _attempts.Enqueue(Time.GetUtcNow());
            return _attempts.Count > failures
                ? Task.FromResult("ok")
                : throw new ActivityException("flaky", nonRetryable ? Fault.Invalid : Fault.Unavailable, $"attempt {_attempts.Count}");
        })
        .Orchestrator<int, string>(
            "main", (context, _) => context.CallActivityAsync<string>("flaky", 0, new ActivityOptions { Retry = policy }));

    private Task AttemptsAsync(int count) => Eventually.HoldsAsync(() => _attempts.Count >= count, Deadline);

    /// <summary>Moves the time in steps, so that it overshoots the moment of the attempt by little.</summary>
    private async Task AdvanceUntilAttemptAsync(int count, TimeSpan step)
    {
        while (_attempts.Count < count)
        {
            Time.Advance(step);
            await Eventually.HoldsOrTimesOutAsync(() => _attempts.Count >= count, TimeSpan.FromMilliseconds(40), Deadline);
        }
    }
}
