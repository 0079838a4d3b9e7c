using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Weft.Agents.Records;
using Weft.Agents.Workflows;
using Weft.Workflows;

namespace Weft.Agents.Schedules;

/// <summary>What a scheduler needs of the product: starts that are made once for each key, and whether an execution still runs.</summary>
public interface IScheduledStarts
{
    /// <summary>Starts an execution; a repeat with the same idempotency key answers the first.</summary>
    Task<StartedExecution> StartAsync(StartExecution start, CancellationToken cancellationToken);

    /// <summary>Whether the execution has ended, or is not known any more.</summary>
    Task<bool> HasEndedAsync(string executionId, CancellationToken cancellationToken);
}

/// <summary>Starts workflows at their ticks. One pass deals with all that is due; hosts call it again and again.</summary>
/// <remarks>
/// A tick's start carries an idempotency key made of schedule and tick, and is made before the tick is marked as dealt with: a crash
/// between the two, or two schedulers at once, start it once. A schedule whose workflow does not exist yet keeps waiting for it.
/// </remarks>
public sealed class Scheduler(ScheduleStore schedules, IScheduledStarts starts, TimeProvider time, ILogger<Scheduler> logger)
{
    /// <summary>How late a tick may be and still start without <see cref="ScheduleRecord.CatchUp"/>: a restart's worth.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <summary>Starts what is due.</summary>
    /// <returns>How many executions were started.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var started = 0;
        foreach (var schedule in await schedules.ListAsync(cancellationToken))
        {
            try
            {
                started += await RunAsync(schedule, cancellationToken) ? 1 : 0;
            }
            catch (WeftException failed)
            {
                // One broken schedule must not hold up the others; its state says what is wrong with it.
                logger.ScheduleFailed(schedule.Id, failed.Code, failed.Message);
            }
        }

        return started;
    }

    /// <summary>A schedule with its state and next tick.</summary>
    public async Task<ScheduleView?> ViewAsync(string id, CancellationToken cancellationToken)
    {
        if (await schedules.FindAsync(id, cancellationToken) is not { } schedule)
        {
            return null;
        }

        var (state, _) = await schedules.ReadStateAsync(id, cancellationToken);
        var next = schedule.Enabled ? NextTick(schedule, CronSchedule.Parse(schedule.Cron, schedule.TimeZone), time.GetUtcNow().UtcDateTime) : null;
        return new ScheduleView(schedule, state, next);
    }

    private async Task<bool> RunAsync(ScheduleRecord schedule, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (known, tag) = await schedules.ReadStateAsync(schedule.Id, cancellationToken);
        if (known is null)
        {
            // The first sight of a schedule starts its count; what lies before is not missed.
            await schedules.WriteStateAsync(schedule.Id, new ScheduleState { HandledUntil = now }, default, cancellationToken);
            return false;
        }

        if (!schedule.Enabled)
        {
            // Time spent disabled is not missed either.
            await schedules.WriteStateAsync(schedule.Id, known with { HandledUntil = now, Queued = null }, tag, cancellationToken);
            return false;
        }

        var state = Due(schedule, known, now, out var tick, out var outcome);
        if (tick is null)
        {
            if (state != known)
            {
                await schedules.WriteStateAsync(schedule.Id, state with { LastOutcome = outcome ?? state.LastOutcome }, tag, cancellationToken);
            }

            return false;
        }

        if (schedule.OverlapPolicy != OverlapPolicy.Allow && known.LastExecutionId is { } last
            && !await starts.HasEndedAsync(last, cancellationToken))
        {
            state = schedule.OverlapPolicy == OverlapPolicy.Queue
                ? state with { Queued = tick, LastOutcome = "queued" }
                : state with { Queued = null, LastOutcome = "skipped_overlap", SkippedTicks = state.SkippedTicks + 1 };
            if (state != known)
            {
                logger.TickHeld(schedule.Id, tick.Value, state.LastOutcome);
                await schedules.WriteStateAsync(schedule.Id, state, tag, cancellationToken);
            }

            return false;
        }

        return await StartAsync(schedule, state, tag, tick.Value, now, cancellationToken);
    }

    private async Task<bool> StartAsync(
        ScheduleRecord schedule, ScheduleState state, ETag tag, DateTime tick, DateTime now, CancellationToken cancellationToken)
    {
        StartedExecution execution;
        try
        {
            execution = await starts.StartAsync(
                new StartExecution(schedule.WorkflowId, schedule.Input ?? [], ContextOf(schedule, tick))
                {
                    IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"schedule:{schedule.Id}:{tick:yyyyMMdd'T'HHmmss'Z'}"),
                    StartedBy = "schedule",
                },
                cancellationToken);
        }
        catch (WeftException failed) when (failed.Code == "workflow_not_found")
        {
            // It may be registered later: the schedule joins from then on.
            await schedules.WriteStateAsync(
                schedule.Id, state with { LastOutcome = $"waiting: {failed.Message}", SkippedTicks = state.SkippedTicks + 1 }, tag, cancellationToken);
            return false;
        }
        catch (WeftException failed)
        {
            logger.ScheduleFailed(schedule.Id, failed.Code, failed.Message);
            await schedules.WriteStateAsync(schedule.Id, state with { LastOutcome = $"failed: {failed.Message}" }, tag, cancellationToken);
            return false;
        }

        logger.TickStarted(schedule.Id, tick, execution.ExecutionId);
        await schedules.WriteStateAsync(
            schedule.Id,
            state with { Queued = null, LastExecutionId = execution.ExecutionId, LastStartedAt = now, LastOutcome = "started" },
            tag,
            cancellationToken);
        return !execution.Repeated;
    }

    // The state after all that is due was looked at, and the one tick (the newest) that is to start.
    private static ScheduleState Due(ScheduleRecord schedule, ScheduleState state, DateTime now, out DateTime? tick, out string? outcome)
    {
        outcome = null;
        var cron = CronSchedule.Parse(schedule.Cron, schedule.TimeZone);
        var from = schedule.StartAt is { } start && start.AddTicks(-1) > state.HandledUntil ? start.AddTicks(-1) : state.HandledUntil;
        var until = schedule.EndAt < now ? schedule.EndAt.Value : now;
        var last = cron.LastBetween(from, until, out var count);

        // A tick whose jitter has not passed is not due; those before it are.
        if (last is { } newest && newest + JitterOf(schedule, newest) > now)
        {
            last = cron.LastBetween(from, newest.AddTicks(-1), out count);
        }

        if (last is null)
        {
            tick = state.Queued;
            return state;
        }

        var due = last.Value + JitterOf(schedule, last.Value);
        var missed = count - 1;
        if (!schedule.CatchUp && now - due > Grace)
        {
            outcome = "skipped_missed";
            tick = state.Queued;
            return state with { HandledUntil = last.Value, SkippedTicks = state.SkippedTicks + count };
        }

        tick = last;
        return state with { HandledUntil = last.Value, SkippedTicks = state.SkippedTicks + missed };
    }

    private static DateTime? NextTick(ScheduleRecord schedule, CronSchedule cron, DateTime now)
    {
        var next = cron.NextAfter(schedule.StartAt is { } start && start.AddTicks(-1) > now ? start.AddTicks(-1) : now);
        return next is { } tick && schedule.EndAt < tick ? null : next + (next is { } at ? JitterOf(schedule, at) : TimeSpan.Zero);
    }

    // Spread over schedules and ticks, but the same on every look at the same tick.
    private static TimeSpan JitterOf(ScheduleRecord schedule, DateTime tick) =>
        schedule.JitterMs == 0
            ? TimeSpan.Zero
            : TimeSpan.FromMilliseconds(RecordKeys.Bucket(string.Create(CultureInfo.InvariantCulture, $"{schedule.Id}@{tick.Ticks}"), (int)schedule.JitterMs));

    private static JsonObject ContextOf(ScheduleRecord schedule, DateTime tick)
    {
        var context = schedule.Context?.DeepClone().AsObject() ?? [];
        context["schedule_id"] = schedule.Id;
        context["scheduled_at"] = tick.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return context;
    }
}
