using System.Diagnostics.CodeAnalysis;
using NCrontab;
using Weft.Workflows;

namespace Weft.Agents.Schedules;

/// <summary>A cron expression in a time zone: when it fires, in UTC, across changes of the clock.</summary>
/// <remarks>
/// Five fields (minute first) or six (second first); <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>.
/// Where the clock jumps ahead, a time that does not exist fires at the first moment after the gap. Where it is set back, a time that
/// comes twice fires once, at the first. An expression whose hour field starts with <c>*</c> is a pace, not a time of day: it
/// keeps its pace across both changes.
/// </remarks>
public sealed class CronSchedule
{
    private readonly CrontabSchedule _schedule;
    private readonly bool _paced;

    private CronSchedule(string expression, TimeZoneInfo zone, CrontabSchedule schedule, bool paced)
    {
        Expression = expression;
        Zone = zone;
        _schedule = schedule;
        _paced = paced;
    }

    public string Expression { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">The cron expression.</param>
    /// <param name="timeZone">An IANA name such as <c>Europe/Berlin</c>; null: UTC.</param>
    /// <exception cref="WeftException">Codes <c>invalid_cron</c>, <c>unknown_time_zone</c>.</exception>
    public static CronSchedule Parse(string expression, string? timeZone)
    {
        var text = expression.Trim() switch
        {
            "@hourly" => "0 * * * *",
            "@daily" or "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            "@yearly" or "@annually" => "0 0 1 1 *",
            var other => other,
        };
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length is not (5 or 6))
        {
            throw new WeftException(
                "invalid_cron", $"'{expression}' has {fields.Length} fields. Write five (minute hour day month weekday), or six with seconds first.");
        }

        var seconds = fields.Length == 6;
        var schedule = CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = seconds })
            ?? throw new WeftException("invalid_cron", $"'{expression}' is no cron expression. Example: '0 9 * * 1-5' is nine o'clock on weekdays.");
        return new CronSchedule(expression, ZoneOf(timeZone), schedule, fields[seconds ? 2 : 1].StartsWith('*'));
    }

    /// <summary>The first time after another; null when it never fires again.</summary>
    /// <param name="after">UTC; exclusive.</param>
    public DateTime? NextAfter(DateTime after)
    {
        after = DateTime.SpecifyKind(after, DateTimeKind.Utc);
        var next = Search(after);

        // In the first pass of a repeated hour, a pace has times in the second pass too, before what the naive search finds.
        if (_paced && SecondPass(after) is { } repeated && (next is null || repeated < next))
        {
            next = repeated;
        }

        return next;
    }

    /// <summary>The last time in a range; null when there is none.</summary>
    /// <param name="after">UTC; exclusive.</param>
    /// <param name="until">UTC; inclusive.</param>
    /// <param name="count">How many there are, at most 10,000.</param>
    public DateTime? LastBetween(DateTime after, DateTime until, out int count)
    {
        DateTime? last = null;
        count = 0;
        for (var next = NextAfter(after); next is { } time && time <= until && count < 10_000; next = NextAfter(time))
        {
            last = time;
            count++;
        }

        return last;
    }

    private DateTime? Search(DateTime after)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(after, Zone);
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);

        // A time of day may repeat in the hour that follows: look from before the change, and let the instants decide.
        if (Zone.IsAmbiguousTime(local))
        {
            local = local.AddTicks(-1);
        }

        for (var tries = 0; tries < 10_000; tries++)
        {
            var candidate = _schedule.GetNextOccurrence(local);
            if (candidate == DateTime.MaxValue || candidate <= local)
            {
                return null;
            }

            if (InstantOf(candidate, after) is { } instant && instant > after)
            {
                return instant;
            }

            local = candidate;
        }

        return null;
    }

    private DateTime? InstantOf(DateTime local, DateTime after)
    {
        if (Zone.IsInvalidTime(local))
        {
            return _paced ? null : EndOfGap(local);
        }

        if (!Zone.IsAmbiguousTime(local))
        {
            return DateTime.SpecifyKind(local - Zone.GetUtcOffset(local), DateTimeKind.Utc);
        }

        // The larger offset is the one in force before the clock is set back: the first of the two.
        var offsets = Zone.GetAmbiguousTimeOffsets(local);
        var first = DateTime.SpecifyKind(local - offsets.Max(), DateTimeKind.Utc);
        return first > after || !_paced ? first : DateTime.SpecifyKind(local - offsets.Min(), DateTimeKind.Utc);
    }

    private DateTime EndOfGap(DateTime local)
    {
        var probe = new DateTime(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, DateTimeKind.Unspecified);
        while (Zone.IsInvalidTime(probe))
        {
            probe = probe.AddMinutes(1);
        }

        return DateTime.SpecifyKind(probe - Zone.GetUtcOffset(probe), DateTimeKind.Utc);
    }

    private DateTime? SecondPass(DateTime after)
    {
        var local = DateTime.SpecifyKind(TimeZoneInfo.ConvertTimeFromUtc(after, Zone), DateTimeKind.Unspecified);
        if (!Zone.IsAmbiguousTime(local))
        {
            return null;
        }

        var offsets = Zone.GetAmbiguousTimeOffsets(local);
        if (after != DateTime.SpecifyKind(local - offsets.Max(), DateTimeKind.Utc))
        {
            return null;
        }

        // The repeated stretch is as long as the offsets differ, and starts where the ambiguity does.
        var start = local;
        while (Zone.IsAmbiguousTime(start.AddMinutes(-1)))
        {
            start = start.AddMinutes(-1);
        }

        var candidate = _schedule.GetNextOccurrence(start.AddTicks(-1));
        return candidate != DateTime.MaxValue && Zone.IsAmbiguousTime(candidate)
            ? DateTime.SpecifyKind(candidate - offsets.Min(), DateTimeKind.Utc)
            : null;
    }

    private static TimeZoneInfo ZoneOf(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name is "UTC")
        {
            return TimeZoneInfo.Utc;
        }

        return TryFind(name, out var zone) ? zone : throw new WeftException(
            "unknown_time_zone", $"There is no time zone '{name}'. Write an IANA name such as 'Europe/Berlin' or 'America/New_York'.");
    }

    private static bool TryFind(string name, [NotNullWhen(true)] out TimeZoneInfo? zone) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone);
}
