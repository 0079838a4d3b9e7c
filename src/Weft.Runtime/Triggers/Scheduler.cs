using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Runtime.Executions;
using Weft.Runtime.Registry;
using Weft.Runtime.Schedules;

namespace Weft.Runtime.Triggers;

/// <summary>Starts workflows at their ticks. One pass deals with all that is due; hosts call it again and again.</summary>
/// <remarks>
/// A tick's start carries an idempotency key made of schedule and tick, and is made before the tick is marked as dealt with: a crash
/// between the two, or two schedulers at once, start it once. A schedule whose workflow does not exist yet keeps waiting for it.
/// </remarks>
public sealed class Scheduler(ScheduleStore schedules, IScheduledStarts starts, TimeProvider time, ILogger<Scheduler> logger)
{
    /// <summary>How late a tick may be and still start without <see cref="ScheduleRecord.CatchUp"/>: a restart's worth.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    // What each failing schedule last failed with, so that a pass a second does not say it every second.
    private readonly ConcurrentDictionary<string, string> _failing = new(StringComparer.Ordinal);

    /// <summary>Starts what is due.</summary>
    /// <returns>How many executions were started.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var started = 0;
        foreach (var schedule in await schedules.ListAsync(cancellationToken))
        {
            try
            {
                started += await RunAsync(schedule, cancellationToken);
                _failing.TryRemove(schedule.Id, out _);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                // One broken schedule must not hold up the others; nothing was marked, so the next pass tries again.
                Complain(schedule.Id, (failed as WeftException)?.Code ?? failed.GetType().Name, failed.Message);
            }
        }

        return started;
    }

    /// <summary>A schedule with its state and next start.</summary>
    public async Task<ScheduleView?> ViewAsync(string id, CancellationToken cancellationToken) =>
        await schedules.FindAsync(id, cancellationToken) is { } schedule ? await ViewAsync(schedule, cancellationToken) : null;

    /// <summary>Every schedule with its state and next start, by id.</summary>
    public async Task<IReadOnlyList<ScheduleView>> ListAsync(CancellationToken cancellationToken)
    {
        var views = new List<ScheduleView>();
        foreach (var schedule in await schedules.ListAsync(cancellationToken))
        {
            views.Add(await ViewAsync(schedule, cancellationToken));
        }

        return views;
    }

    /// <summary>Starts a schedule's workflow now, whatever its times and its overlap policy say.</summary>
    /// <param name="id">The schedule.</param>
    /// <param name="idempotencyKey">The caller's key; null: every call starts.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null: there is no such schedule.</returns>
    public async Task<StartedExecution?> TriggerAsync(string id, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (await schedules.FindAsync(id, cancellationToken) is not { } schedule)
        {
            return null;
        }

        var context = schedule.Context?.DeepClone().AsObject() ?? [];
        context["schedule_id"] = schedule.Id;
        context["triggered"] = true;
        var start = new StartExecution(schedule.WorkflowId, schedule.Input?.DeepClone().AsObject() ?? [], context)
        {
            IdempotencyKey = idempotencyKey is null ? null : $"trigger:{RecordKeys.Part(id)}:{RecordKeys.Part(idempotencyKey)}",
            StartedBy = "schedule",
        };
        return await starts.StartAsync(start, cancellationToken);
    }

    private async Task<ScheduleView> ViewAsync(ScheduleRecord schedule, CancellationToken cancellationToken)
    {
        var (state, _) = await schedules.ReadStateAsync(schedule.Id, cancellationToken);
        DateTime? next = null;
        try
        {
            next = DueTicks.NextStart(schedule, time.GetUtcNow().UtcDateTime);
        }
        catch (WeftException unreadable)
        {
            // A zone that this machine does not know must not hide the schedule that names it.
            state = (state
                ?? new ScheduleState { HandledUntil = schedule.CountsFrom }) with { LastOutcome = $"failed: {unreadable.Message}" };
        }

        return new ScheduleView(schedule, state, next);
    }

    private async Task<int> RunAsync(ScheduleRecord schedule, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (stored, tag) = await schedules.ReadStateAsync(schedule.Id, cancellationToken);
        var known = stored ?? new ScheduleState { HandledUntil = schedule.CountsFrom };
        if (!schedule.Enabled)
        {
            if (known.Queued is not null)
            {
                await schedules.WriteStateAsync(schedule.Id, known with { Queued = null }, tag, cancellationToken);
            }

            return 0;
        }

        var due = DueTicks.Of(schedule, known, now, Grace);
        if (due.Newest is null && known.Queued is null)
        {
            return 0;
        }

        var state = due.Newest is { } newest
            ? known with { HandledUntil = newest, SkippedTicks = known.SkippedTicks + due.Count - 1 }
            : known;
        var fresh = due.Newest;
        if (due.IsLate && !schedule.CatchUp)
        {
            (fresh, state) = (null, state with { LastOutcome = "skipped_missed", SkippedTicks = state.SkippedTicks + 1 });
        }

        var busy = schedule.OverlapPolicy != OverlapPolicy.Allow && known.LastExecutionId is { } last
            && !await starts.HasEndedAsync(last, cancellationToken);
        if (busy || (fresh is null && state.Queued is null))
        {
            state = fresh is { } held ? Hold(schedule, state, held) : state;
            if (state != known)
            {
                await schedules.WriteStateAsync(schedule.Id, state, tag, cancellationToken);
            }

            return 0;
        }

        // The tick that waited comes first, and the new one takes its place.
        var tick = state.Queued ?? fresh!.Value; // One of them is there.
        state = state with { Queued = state.Queued is null || schedule.OverlapPolicy != OverlapPolicy.Queue ? null : fresh };
        return await StartAsync(schedule, state, tag, tick, now, cancellationToken);
    }

    private ScheduleState Hold(ScheduleRecord schedule, ScheduleState state, DateTime tick)
    {
        var held = schedule.OverlapPolicy == OverlapPolicy.Queue && state.Queued is null
            ? state with { Queued = tick, LastOutcome = "queued" }
            : state with { LastOutcome = "skipped_overlap", SkippedTicks = state.SkippedTicks + 1 };
        logger.TickHeld(schedule.Id, tick, held.LastOutcome);
        return held;
    }

    private async Task<int> StartAsync(
        ScheduleRecord schedule, ScheduleState state, ETag tag, DateTime tick, DateTime now, CancellationToken cancellationToken)
    {
        StartedExecution? execution = null;
        try
        {
            execution = await starts.StartAsync(
                new StartExecution(schedule.WorkflowId, schedule.Input?.DeepClone().AsObject() ?? [], ContextOf(schedule, tick))
                {
                    IdempotencyKey =
                        string.Create(CultureInfo.InvariantCulture, $"schedule:{RecordKeys.Part(schedule.Id)}:{tick:yyyyMMdd'T'HHmmss'Z'}"),
                    StartedBy = "schedule",
                },
                cancellationToken);
            state = state with { LastExecutionId = execution.ExecutionId, LastStartedAt = now, LastOutcome = "started" };
            logger.TickStarted(schedule.Id, tick, execution.ExecutionId);
        }
        catch (IdempotencyKeyReusedException)
        {
            // The tick was started, then its mark was lost, then the schedule's input was edited: once is enough.
            state = state with { LastOutcome = "started" };
        }
        catch (WorkflowNotFoundException failed)
        {
            // It may be registered later: the schedule joins from then on.
            state = state with { LastOutcome = $"waiting: {failed.Message}", SkippedTicks = state.SkippedTicks + 1 };
        }
        catch (WeftException failed)
        {
            Complain(schedule.Id, failed.Code, failed.Message);
            state = state with { LastOutcome = $"failed: {failed.Message}", SkippedTicks = state.SkippedTicks + 1 };
        }

        await schedules.WriteStateAsync(schedule.Id, state, tag, cancellationToken);
        return execution is { Repeated: false } ? 1 : 0;
    }

    private void Complain(string scheduleId, string code, string reason)
    {
        if (!_failing.TryGetValue(scheduleId, out var before) || before != reason)
        {
            _failing[scheduleId] = reason;
            logger.ScheduleFailed(scheduleId, code, reason);
        }
    }

    private static JsonObject ContextOf(ScheduleRecord schedule, DateTime tick)
    {
        var context = schedule.Context?.DeepClone().AsObject() ?? [];
        context["schedule_id"] = schedule.Id;
        context["scheduled_at"] = tick.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return context;
    }
}
