using Weft.Language;
using Weft.Language.Diagnostics;

namespace Weft.Runtime.Schedules;

/// <summary>A cron expression in a time zone: when it fires, in UTC, across changes of the clock.</summary>
/// <remarks>
/// <para><c>@every 15m</c> fires at whole multiples of its length since 1970 in UTC, whatever the zone.</para>
/// <para>Where the clock jumps ahead, a time of day that does not exist fires once, at the first moment after the gap. Where it is set
/// back, a time of day that comes twice fires once, at the first. An expression whose hour field starts with <c>*</c> is a pace, not a
/// time of day: it fires at every moment at which the clock on the wall fits, so it skips the gap and runs through both passes.</para>
/// </remarks>
internal sealed class CronSchedule
{
    private const int MostCounted = 10_000;
    private static readonly TimeSpan Probe = TimeSpan.FromDays(1);

    private readonly CronText _text;

    private CronSchedule(string expression, TimeZoneInfo zone, CronText text)
    {
        Expression = expression;
        Zone = zone;
        _text = text;
    }

    public string Expression { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">The cron expression.</param>
    /// <param name="timeZone">An IANA name such as <c>Europe/Berlin</c>; null: UTC.</param>
    /// <exception cref="WeftException">Codes <c>invalid_cron</c>, <c>unknown_time_zone</c>.</exception>
    public static CronSchedule Parse(string expression, string? timeZone)
    {
        var text = CronText.Parse(expression, out var fault) ?? throw new WeftException(
            "invalid_cron", Fault.Invalid,
            $"'{expression}' is no cron expression: {fault} Example: '0 9 * * 1-5' is nine o'clock on weekdays.");
        return new CronSchedule(expression, ZoneOf(timeZone), text);
    }

    /// <summary>The first time after another; null when there is none before the year 10000.</summary>
    /// <param name="after">UTC; exclusive.</param>
    public DateTime? NextAfter(DateTime after)
    {
        after = DateTime.SpecifyKind(after, DateTimeKind.Utc);
        if (_text.Every is not { } every)
        {
            return Walk(after);
        }

        var since = after.Ticks - DateTime.UnixEpoch.Ticks;
        var passed = Math.DivRem(since, every.Ticks).Quotient + (since < 0 && since % every.Ticks != 0 ? 0 : 1);
        return DateTime.UnixEpoch.AddTicks(passed * every.Ticks);
    }

    /// <summary>The last time in a range; null when there is none.</summary>
    /// <param name="after">UTC; exclusive.</param>
    /// <param name="until">UTC; inclusive.</param>
    /// <param name="count">How many there are; 10,000 stands for that many or more.</param>
    public DateTime? LastBetween(DateTime after, DateTime until, out int count)
    {
        DateTime? last = null;
        count = 0;
        for (var next = NextAfter(after); next is { } time && time <= until; next = NextAfter(time))
        {
            last = time;
            if (++count == MostCounted)
            {
                return LastBefore(time, until) ?? last;
            }
        }

        return last;
    }

    // From the end backwards, in stretches that double: a pace of seconds over months is not walked through.
    private DateTime? LastBefore(DateTime after, DateTime until)
    {
        for (var stretch = TimeSpan.FromMinutes(1); ; stretch *= 2)
        {
            var from = until - stretch > after ? until - stretch : after;
            DateTime? last = null;
            for (var next = NextAfter(from); next is { } time && time <= until; next = NextAfter(time))
            {
                last = time;
            }

            if (last is not null || from == after)
            {
                return last;
            }
        }
    }

    // Between two changes of the clock the wall's time runs evenly: search it, and step over the change that lies before what is found.
    private DateTime? Walk(DateTime after)
    {
        var offset = Zone.GetUtcOffset(after);
        var (wall, inclusive) = (after + offset, false);
        if (!_text.EveryHour && SecondPassEndsAt(after, offset) is { } passed && passed > wall)
        {
            (wall, inclusive) = (passed, true);
        }

        for (var cursor = after; ;)
        {
            if (_text.Next(wall, inclusive) is not { } found)
            {
                return null;
            }

            var instant = DateTime.SpecifyKind(found - offset, DateTimeKind.Utc);
            if (FirstChange(cursor, instant) is not { } change)
            {
                return instant;
            }

            var (old, next) = (change + offset, change + Zone.GetUtcOffset(change));
            if (!_text.EveryHour && found < next)
            {
                // It would have been within the gap.
                return change;
            }

            (wall, inclusive) = (!_text.EveryHour && old > next ? old : next, true);
            (cursor, offset) = (change, next - change);
        }
    }

    // Where the clock was set back a little before, the wall's time up to which all has been once.
    private DateTime? SecondPassEndsAt(DateTime time, TimeSpan offset)
    {
        var before = Zone.GetUtcOffset(time - TimeSpan.FromHours(4));
        return before > offset && FirstChange(time - TimeSpan.FromHours(4), time) is { } change ? change + before : null;
    }

    private DateTime? FirstChange(DateTime after, DateTime until)
    {
        var offset = Zone.GetUtcOffset(after);
        for (var from = after; from < until;)
        {
            var to = until - from > Probe ? from + Probe : until;
            if (Zone.GetUtcOffset(to) != offset)
            {
                while (to - from > TimeSpan.FromTicks(1))
                {
                    var middle = from + ((to - from) / 2);
                    (from, to) = Zone.GetUtcOffset(middle) == offset ? (middle, to) : (from, middle);
                }

                return to;
            }

            from = to;
        }

        return null;
    }

    private static TimeZoneInfo ZoneOf(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name is "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : throw new WeftException(
            "unknown_time_zone", Fault.Invalid,
            $"There is no time zone '{name}'. Write an IANA name such as 'Europe/Berlin' or 'America/New_York'.");
    }
}
