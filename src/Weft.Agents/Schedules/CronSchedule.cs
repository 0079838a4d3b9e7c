using Weft.Workflows;
using Weft.Workflows.Definitions;

namespace Weft.Agents.Schedules;

/// <summary>A cron expression in a time zone: when it fires, in UTC, across changes of the clock.</summary>
/// <remarks>
/// <para>Five fields (minute first) or six (second first); <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>;
/// <c>@every 15m</c>, which fires at whole multiples of its length since 1970 in UTC, whatever the zone.</para>
/// <para>Where the clock jumps ahead, a time of day that does not exist fires once, at the first moment after the gap. Where it is set
/// back, a time of day that comes twice fires once, at the first. An expression whose hour field starts with <c>*</c> is a pace, not a
/// time of day: it fires at every moment at which the clock on the wall fits, so it skips the gap and runs through both passes.</para>
/// </remarks>
public sealed class CronSchedule
{
    private const int MostCounted = 10_000;
    private static readonly TimeSpan Probe = TimeSpan.FromDays(1);

    private readonly CronFields? _fields;
    private readonly TimeSpan _every;

    private CronSchedule(string expression, TimeZoneInfo zone, CronFields? fields, TimeSpan every)
    {
        Expression = expression;
        Zone = zone;
        _fields = fields;
        _every = every;
    }

    public string Expression { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">The cron expression.</param>
    /// <param name="timeZone">An IANA name such as <c>Europe/Berlin</c>; null: UTC.</param>
    /// <exception cref="WeftException">Codes <c>invalid_cron</c>, <c>unknown_time_zone</c>.</exception>
    public static CronSchedule Parse(string expression, string? timeZone)
    {
        var trimmed = expression.Trim();
        if (trimmed.StartsWith("@every ", StringComparison.Ordinal))
        {
            return DurationText.TryParse(trimmed[7..], out var every) && every >= TimeSpan.FromSeconds(1)
                ? new CronSchedule(expression, ZoneOf(timeZone), null, every)
                : throw new WeftException("invalid_cron", $"'{expression}' is no cron expression: '@every' needs a duration of one second or more, such as '@every 15m'.");
        }

        var text = trimmed switch
        {
            "@hourly" => "0 * * * *",
            "@daily" or "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            "@yearly" or "@annually" => "0 0 1 1 *",
            var other => other,
        };
        var fields = CronFields.Parse(text, out var fault) ?? throw new WeftException(
            "invalid_cron", $"'{expression}' is no cron expression: {fault}. Example: '0 9 * * 1-5' is nine o'clock on weekdays.");
        return new CronSchedule(expression, ZoneOf(timeZone), fields, TimeSpan.Zero);
    }

    /// <summary>The first time after another; null when it does not fire within the next sixteen years.</summary>
    /// <param name="after">UTC; exclusive.</param>
    public DateTime? NextAfter(DateTime after)
    {
        after = DateTime.SpecifyKind(after, DateTimeKind.Utc);
        if (_fields is null)
        {
            var since = after.Ticks - DateTime.UnixEpoch.Ticks;
            return DateTime.UnixEpoch.AddTicks((Math.DivRem(since, _every.Ticks).Quotient + (since < 0 && since % _every.Ticks != 0 ? 0 : 1)) * _every.Ticks);
        }

        return Walk(_fields, after);
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
    private DateTime? Walk(CronFields fields, DateTime after)
    {
        var offset = Zone.GetUtcOffset(after);
        var (wall, inclusive) = (after + offset, false);
        if (!fields.EveryHour && SecondPassEndsAt(after, offset) is { } passed && passed > wall)
        {
            (wall, inclusive) = (passed, true);
        }

        for (var cursor = after; ;)
        {
            if (fields.Next(wall, inclusive) is not { } found)
            {
                return null;
            }

            var instant = DateTime.SpecifyKind(found - offset, DateTimeKind.Utc);
            if (FirstChange(cursor, instant) is not { } change)
            {
                return instant;
            }

            var (old, next) = (change + offset, change + Zone.GetUtcOffset(change));
            if (!fields.EveryHour && found < next)
            {
                // It would have been within the gap.
                return change;
            }

            (wall, inclusive) = (!fields.EveryHour && old > next ? old : next, true);
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
            "unknown_time_zone", $"There is no time zone '{name}'. Write an IANA name such as 'Europe/Berlin' or 'America/New_York'.");
    }
}
