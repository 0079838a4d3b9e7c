using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Agents.Tests.Models;
using Weft.Agents.Tests.Storage;
using Weft.Language;
using Weft.Runtime.Executions;
using Weft.Runtime.Registry;
using Weft.Runtime.Schedules;
using Weft.Runtime.Triggers;

namespace Weft.Runtime.Tests.Schedules;

public sealed class SchedulerTests
{
    private readonly MemoryRecordStore _store = new();
    private readonly ManualTime _time = new(); // 2026-11-20, noon UTC
    private readonly Starts _starts = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private ScheduleStore Schedules => new(_store, _time);

    [Fact]
    public async Task ATick_WhoseTimeHasCome_StartsOnceWithScheduleAndTickInTheContext()
    {
        await PutAsync(Hourly() with { Input = new JsonObject { ["shop"] = "berlin" } });

        await PassAsync(TimeSpan.FromMinutes(59));
        Assert.Empty(_starts.Made);
        await PassAsync(TimeSpan.FromMinutes(1));
        await PassAsync(TimeSpan.FromSeconds(1));

        var start = Assert.Single(_starts.Made);
        Assert.Equal("schedule", start.StartedBy);
        Assert.Equal("berlin", start.Input["shop"]!.GetValue<string>());
        Assert.Equal("hourly", start.Context["schedule_id"]!.GetValue<string>());
        Assert.Equal("2026-11-20T13:00:00Z", start.Context["scheduled_at"]!.GetValue<string>());
    }

    [Fact]
    public async Task ASchedule_MadeJustBeforeItsTick_DoesNotMissIt()
    {
        _time.Advance(TimeSpan.FromSeconds(3599.9));
        await PutAsync(Hourly());

        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Single(_starts.Made);
    }

    [Fact]
    public async Task MissedTicks_WithoutCatchUp_AreLeftOut()
    {
        await PutAsync(Hourly());
        await PassAsync(TimeSpan.Zero);

        await PassAsync(TimeSpan.FromMinutes(305));

        Assert.Empty(_starts.Made);
        var view = await ViewAsync();
        Assert.Equal("skipped_missed", view.State!.LastOutcome);
        Assert.Equal(5, view.State.SkippedTicks);
        Assert.Equal(At("18:00"), view.NextAt);
    }

    [Fact]
    public async Task MissedTicks_WithCatchUp_StartOnceForTheNewest()
    {
        await PutAsync(Hourly() with { CatchUp = true });

        await PassAsync(TimeSpan.FromMinutes(305));
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("2026-11-20T17:00:00Z", Assert.Single(_starts.Made).Context["scheduled_at"]!.GetValue<string>());
        Assert.Equal(4, (await ViewAsync()).State!.SkippedTicks);
    }

    [Fact]
    public async Task ALateTick_WithinARestartsWorth_Starts()
    {
        await PutAsync(Hourly());

        await PassAsync(TimeSpan.FromMinutes(60) + Scheduler.Grace);

        Assert.Single(_starts.Made);
    }

    [Fact]
    public async Task Skip_WhileTheLastRuns_LeavesTheTickOut()
    {
        await PutAsync(Hourly());
        await PassAsync(TimeSpan.FromHours(1));

        await PassAsync(TimeSpan.FromHours(1));
        Assert.Equal("skipped_overlap", (await ViewAsync()).State!.LastOutcome);
        _starts.EndAll();
        await PassAsync(TimeSpan.FromMinutes(10));
        Assert.Single(_starts.Made);

        await PassAsync(TimeSpan.FromMinutes(50));
        Assert.Equal(2, _starts.Made.Count);
    }

    [Fact]
    public async Task Queue_WhileTheLastRuns_StartsTheFirstThatWaitedWhenItEnds()
    {
        await PutAsync(Hourly() with { OverlapPolicy = OverlapPolicy.Queue });
        await PassAsync(TimeSpan.FromHours(1));

        await PassAsync(TimeSpan.FromHours(1));
        await PassAsync(TimeSpan.FromHours(1));
        Assert.Single(_starts.Made);
        Assert.Equal(At("14:00"), (await ViewAsync()).State!.Queued);

        _starts.EndAll();
        await PassAsync(TimeSpan.FromMinutes(5));
        await PassAsync(TimeSpan.FromMinutes(5));

        Assert.Equal(
            ["2026-11-20T13:00:00Z", "2026-11-20T14:00:00Z"], _starts.Made.Select(s => s.Context["scheduled_at"]!.GetValue<string>()));
        Assert.Equal(1, (await ViewAsync()).State!.SkippedTicks);
    }

    [Fact]
    public async Task Allow_WhileTheLastRuns_StartsAllTheSame()
    {
        await PutAsync(Hourly() with { OverlapPolicy = OverlapPolicy.Allow });

        await PassAsync(TimeSpan.FromHours(1));
        await PassAsync(TimeSpan.FromHours(1));

        Assert.Equal(2, _starts.Made.Count);
    }

    [Fact]
    public async Task Jitter_OfATick_IsTheSameOnEveryLookAndWithinItsBound()
    {
        var schedule = Hourly() with { JitterMs = 600_000 };
        await PutAsync(schedule);
        var expected = At("13:00") + DueTicks.JitterOf(schedule, At("13:00"));
        Assert.InRange(expected, At("13:00"), At("13:10"));
        Assert.Equal(expected, (await ViewAsync()).NextAt);

        await PassAsync(expected - At("12:00") - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_starts.Made);
        await PassAsync(TimeSpan.FromMilliseconds(1));

        Assert.Single(_starts.Made);
    }

    [Fact]
    public void Jitter_OverTicksAndSchedules_Differs()
    {
        var schedule = Hourly() with { JitterMs = 600_000 };
        var ticks = Enumerable.Range(0, 24).Select(h => At("12:00").AddHours(h)).ToList();

        Assert.True(ticks.Select(t => DueTicks.JitterOf(schedule, t)).Distinct().Count() > 20);
        Assert.True(ticks.Count(t => DueTicks.JitterOf(schedule, t) != DueTicks.JitterOf(schedule with { Id = "other" }, t)) > 20);
    }

    [Fact]
    public async Task Jitter_LongerThanThePace_StartsEveryTickOnceInOrder()
    {
        await PutAsync(Hourly() with { Cron = "*/5 * * * *", JitterMs = 900_000, OverlapPolicy = OverlapPolicy.Allow });

        for (var minute = 0; minute < 60; minute++)
        {
            await PassAsync(TimeSpan.FromMinutes(1));
        }

        var ticks = _starts.Made.Select(s => s.Context["scheduled_at"]!.GetValue<string>()).ToList();
        Assert.Equal(ticks.Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal), ticks);
        Assert.InRange(ticks.Count + (int)(await ViewAsync()).State!.SkippedTicks, 9, 12);
    }

    [Fact]
    public async Task ACrash_BetweenStartAndMark_StartsOnce()
    {
        await PutAsync(Hourly());
        _time.Advance(TimeSpan.FromHours(1));
        _starts.Afterwards = () => throw new IOException("The process died here.");
        await Sut().RunDueAsync(_deadline);
        _starts.Afterwards = null;

        await Sut().RunDueAsync(_deadline);

        Assert.Single(_starts.Made);
        Assert.Equal("started", (await ViewAsync()).State!.LastOutcome);
    }

    [Fact]
    public async Task TwoSchedulers_AtOnce_StartOnce()
    {
        await PutAsync(Hourly());
        _time.Advance(TimeSpan.FromHours(1));

        var started = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Sut().RunDueAsync(_deadline), _deadline)));

        Assert.Single(_starts.Made);
        Assert.Equal(1, started.Sum());
    }

    [Fact]
    public async Task StartAtAndEndAt_BoundTheTicks()
    {
        await PutAsync(Hourly() with { StartAt = At("14:00"), EndAt = At("15:30"), OverlapPolicy = OverlapPolicy.Allow });

        for (var hour = 0; hour < 6; hour++)
        {
            await PassAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal(
            ["2026-11-20T14:00:00Z", "2026-11-20T15:00:00Z"], _starts.Made.Select(s => s.Context["scheduled_at"]!.GetValue<string>()));
        Assert.Null((await ViewAsync()).NextAt);
    }

    [Fact]
    public async Task TimeSpentDisabled_IsNotMissed()
    {
        await PutAsync(Hourly() with { CatchUp = true, Enabled = false });
        await PassAsync(TimeSpan.FromHours(5));
        Assert.Null((await ViewAsync()).NextAt);

        await PutAsync(Hourly() with { CatchUp = true });
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(_starts.Made);

        await PassAsync(TimeSpan.FromMinutes(59));
        Assert.Single(_starts.Made);
    }

    [Fact]
    public async Task ChangedTimes_DoNotBringBackWhatLiesBefore()
    {
        await PutAsync(Hourly() with { Cron = "0 0 1 1 *", CatchUp = true });
        _time.Advance(TimeSpan.FromHours(5));

        await PutAsync(Hourly() with { CatchUp = true });
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(_starts.Made);
    }

    [Fact]
    public async Task ADisabledOrIdleSchedule_CostsNoWrites()
    {
        await PutAsync(Hourly() with { Enabled = false });
        await PutAsync(Hourly() with { Id = "idle" });
        await PassAsync(TimeSpan.FromMinutes(1));
        var before = _store.Writes;

        for (var second = 0; second < 10; second++)
        {
            await PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(before, _store.Writes);
    }

    [Fact]
    public async Task AScheduleWithoutItsWorkflow_JoinsOnceThereIsOne()
    {
        _starts.Refusal = new WorkflowNotFoundException("report", []);
        await PutAsync(Hourly());
        await PassAsync(TimeSpan.FromHours(1));
        Assert.StartsWith("waiting: There is no workflow", (await ViewAsync()).State!.LastOutcome, StringComparison.Ordinal);

        _starts.Refusal = null;
        await PassAsync(TimeSpan.FromHours(1));

        Assert.Equal("2026-11-20T14:00:00Z", Assert.Single(_starts.Made).Context["scheduled_at"]!.GetValue<string>());
    }

    [Fact]
    public async Task AFailedStart_IsToldAndDoesNotHoldUpTheOthers()
    {
        _starts.Refusal = new WeftException("invalid_input", Fault.Invalid, "The input does not fit.");
        await PutAsync(Hourly() with { Id = "a" });
        await PutAsync(Hourly() with { Id = "b" });

        await PassAsync(TimeSpan.FromHours(1));

        Assert.Equal("failed: The input does not fit.", (await ViewAsync("a")).State!.LastOutcome);
        Assert.Equal("failed: The input does not fit.", (await ViewAsync("b")).State!.LastOutcome);
    }

    [Fact]
    public async Task Trigger_AtAnyTime_StartsWithoutTouchingTheTicks()
    {
        await PutAsync(Hourly() with { Enabled = false });

        var first = await Sut().TriggerAsync("hourly", "key-1", _deadline);
        var again = await Sut().TriggerAsync("hourly", "key-1", _deadline);
        var other = await Sut().TriggerAsync("hourly", null, _deadline);

        Assert.Equal(first!.ExecutionId, again!.ExecutionId);
        Assert.NotEqual(first.ExecutionId, other!.ExecutionId);
        Assert.Null(await Sut().TriggerAsync("none", null, _deadline));
    }

    [Theory]
    [InlineData("invalid_cron", "every day", null, 0L)]
    [InlineData("unknown_time_zone", "@daily", "Mars/Olympus", 0L)]
    [InlineData("invalid_schedule", "@daily", null, 3_600_001L)]
    public async Task Put_WhatMakesNoSense_IsRefused(string code, string cron, string? zone, long jitter)
    {
        var refused =
            await Assert.ThrowsAsync<WeftException>(() => PutAsync(Hourly() with { Cron = cron, TimeZone = zone, JitterMs = jitter }));

        Assert.Equal(code, refused.Code);
    }

    private static ScheduleRecord Hourly() => new() { Id = "hourly", WorkflowId = "report", Cron = "0 * * * *" };

    private Scheduler Sut() => new(Schedules, _starts, _time, NullLogger<Scheduler>.Instance);

    private Task PutAsync(ScheduleRecord schedule) => Schedules.PutAsync(schedule, _deadline);

    private async Task PassAsync(TimeSpan after)
    {
        _time.Advance(after);
        await Sut().RunDueAsync(_deadline);
    }

    private async Task<ScheduleView> ViewAsync(string id = "hourly") => (await Sut().ViewAsync(id, _deadline))!;

    private static DateTime At(string time) =>
        DateTime.Parse($"2026-11-20T{time}Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    /// <summary>Starts that are made once for each key, as the real ones are.</summary>
    private sealed class Starts : IScheduledStarts
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, string> _byKey = new(StringComparer.Ordinal);
        private readonly HashSet<string> _running = new(StringComparer.Ordinal);

        public List<StartExecution> Made { get; } = [];

        public WeftException? Refusal { get; set; }

        public Action? Afterwards { get; set; }

        public Task<StartedExecution> StartAsync(StartExecution start, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                if (Refusal is { } refusal)
                {
                    throw refusal;
                }

                if (start.IdempotencyKey is { } key && _byKey.TryGetValue(key, out var first))
                {
                    return Task.FromResult(new StartedExecution(first, true));
                }

                Made.Add(start);
                var id = $"execution-{Made.Count}";
                _running.Add(id);
                if (start.IdempotencyKey is { } made)
                {
                    _byKey[made] = id;
                }

                Afterwards?.Invoke();
                return Task.FromResult(new StartedExecution(id, false));
            }
        }

        public Task<bool> HasEndedAsync(string executionId, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                return Task.FromResult(!_running.Contains(executionId));
            }
        }

        public void EndAll()
        {
            lock (_gate)
            {
                _running.Clear();
            }
        }
    }
}
