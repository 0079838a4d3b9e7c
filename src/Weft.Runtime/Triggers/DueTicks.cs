using System.Globalization;
using Weft.Agents.Storage;
using Weft.Runtime.Schedules;

namespace Weft.Runtime.Triggers;

/// <summary>Which ticks of a schedule are due: pure arithmetic over its record, its state, and the time.</summary>
/// <param name="Newest">The newest tick whose time, jitter included, has come; null: none.</param>
/// <param name="Count">How many are due, the newest included.</param>
/// <param name="IsLate">Whether the newest is too late to start without <see cref="ScheduleRecord.CatchUp"/>.</param>
internal sealed record DueTicks(DateTime? Newest, int Count, bool IsLate)
{
    public static DueTicks Of(ScheduleRecord schedule, ScheduleState state, DateTime now, TimeSpan grace)
    {
        var cron = CronSchedule.Parse(schedule.Cron, schedule.TimeZone);
        var from = From(schedule, state.HandledUntil);
        var until = schedule.EndAt < now ? schedule.EndAt.Value : now;

        // Older than the longest jitter: due for certain. After them one by one, up to the first whose jitter has not passed.
        var certain = now - TimeSpan.FromMilliseconds(schedule.JitterMs);
        var newest = cron.LastBetween(from, certain < until ? certain : until, out var count);
        for (var next = cron.NextAfter(newest ?? from); next is { } tick && tick <= until
            && tick + JitterOf(schedule, tick) <= now; next = cron.NextAfter(tick))
        {
            (newest, count) = (tick, count + 1);
        }

        return new DueTicks(newest, count, newest is { } last && now - (last + JitterOf(schedule, last)) > grace);
    }

    /// <summary>When the next start is, jitter included; null: never.</summary>
    public static DateTime? NextStart(ScheduleRecord schedule, DateTime now)
    {
        if (!schedule.Enabled)
        {
            return null;
        }

        var cron = CronSchedule.Parse(schedule.Cron, schedule.TimeZone);
        for (var next = cron.NextAfter(From(schedule, now - TimeSpan.FromMilliseconds(schedule.JitterMs))); next is { } tick
            && !(schedule.EndAt < tick); next = cron.NextAfter(tick))
        {
            if (tick + JitterOf(schedule, tick) is var start && start > now)
            {
                return start;
            }
        }

        return null;
    }

    /// <summary>The delay of a tick: spread over schedules and ticks, but the same on every look at the same tick.</summary>
    public static TimeSpan JitterOf(ScheduleRecord schedule, DateTime tick) =>
        schedule.JitterMs == 0
            ? TimeSpan.Zero
            : TimeSpan.FromMilliseconds(
                RecordKeys.Bucket(string.Create(CultureInfo.InvariantCulture, $"{schedule.Id}@{tick.Ticks}"), (int)schedule.JitterMs));

    // Ticks after this count; the start itself may be one.
    private static DateTime From(ScheduleRecord schedule, DateTime handledUntil)
    {
        var from = schedule.CountsFrom > handledUntil ? schedule.CountsFrom : handledUntil;
        return schedule.StartAt is { } start && start.AddTicks(-1) > from ? start.AddTicks(-1) : from;
    }
}
