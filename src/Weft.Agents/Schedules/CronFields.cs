using System.Globalization;
using System.Numerics;

namespace Weft.Agents.Schedules;

/// <summary>The fields of a cron expression, as the values that each may have; finds the next time on the clock on the wall.</summary>
/// <remarks>
/// Where day and weekday are both named, either will do, as cron has always had it; a field that starts with <c>*</c> names none. Sunday
/// is 0 and 7. A part is <c>*</c>, <c>a</c>, <c>a-b</c>, each with <c>/step</c>; months and weekdays may be words of three letters.
/// </remarks>
internal sealed class CronFields
{
    // Twice the longest wait for a 29th of February, which is the eight years around 2100.
    private const int LongestSearchDays = 16 * 366;

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly (string Name, int Least, int Most)[] Ranges =
        [("second", 0, 59), ("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7)];

    private readonly ulong[] _allowed;
    private readonly bool _anyOfBothDays;

    private CronFields(ulong[] allowed, bool anyOfBothDays, bool everyHour)
    {
        _allowed = allowed;
        _anyOfBothDays = anyOfBothDays;
        EveryHour = everyHour;
    }

    /// <summary>Gets a value indicating whether the hours are a pace (<c>*</c>, <c>*/2</c>) and not times of day.</summary>
    public bool EveryHour { get; }

    /// <summary>Reads the fields; null with the fault when they are none.</summary>
    public static CronFields? Parse(string text, out string? fault)
    {
        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (5 or 6))
        {
            fault = $"it has {parts.Length} fields; write five (minute hour day month weekday), or six with seconds first";
            return null;
        }

        var allowed = new ulong[6];
        allowed[0] = 1;
        for (var i = 0; i < parts.Length; i++)
        {
            var field = i + 6 - parts.Length;
            if (Values(parts[i], field) is not { } values)
            {
                var (name, least, most) = Ranges[field];
                fault = $"'{(parts[i].Length > 40 ? parts[i][..40] + "…" : parts[i])}' cannot be its {name}, which goes from {least} to {most}";
                return null;
            }

            allowed[field] = values;
        }

        var (day, weekday) = (parts[^3], parts[^1]);
        var hour = parts[^4];
        var fields = new CronFields(allowed, !day.StartsWith('*') && !weekday.StartsWith('*'), hour.StartsWith('*') || BitOperations.PopCount(allowed[2]) == 24);
        fault = fields.Next(new DateTime(2096, 3, 1), inclusive: true) is null ? "it never fires: no month has such a day" : null;
        return fault is null ? fields : null;
    }

    /// <summary>The next time that fits; null when there is none within sixteen years.</summary>
    /// <param name="after">The clock on the wall.</param>
    /// <param name="inclusive">Whether that time itself will do.</param>
    public DateTime? Next(DateTime after, bool inclusive)
    {
        var whole = new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Unspecified);
        var from = whole < after || !inclusive ? whole.AddSeconds(1) : whole;
        var last = DateTime.MaxValue.Date.AddDays(-2);
        for (var (day, searched) = (from.Date, 0); searched < LongestSearchDays && day < last; searched++)
        {
            if (!Allows(4, day.Month))
            {
                day = new DateTime(day.Year, day.Month, 1).AddMonths(1);
                continue;
            }

            if (FitsDay(day) && TimeOfDay(day == from.Date ? from.TimeOfDay : TimeSpan.Zero) is { } time)
            {
                return day + time;
            }

            day = day.AddDays(1);
        }

        return null;
    }

    private bool FitsDay(DateTime day)
    {
        var (byDay, byWeekday) = (Allows(3, day.Day), Allows(5, (int)day.DayOfWeek));
        return _anyOfBothDays ? byDay || byWeekday : byDay && byWeekday;
    }

    private TimeSpan? TimeOfDay(TimeSpan from)
    {
        for (var hour = from.Hours; hour < 24; hour++)
        {
            if (!Allows(2, hour))
            {
                continue;
            }

            for (var minute = hour == from.Hours ? from.Minutes : 0; minute < 60; minute++)
            {
                var second = hour == from.Hours && minute == from.Minutes ? from.Seconds : 0;
                if (Allows(1, minute) && (_allowed[0] >> second) is > 0 and var rest)
                {
                    return new TimeSpan(hour, minute, second + BitOperations.TrailingZeroCount(rest));
                }
            }
        }

        return null;
    }

    private bool Allows(int field, int value) => (_allowed[field] & (1UL << value)) != 0;

    private static ulong? Values(string text, int field)
    {
        var values = 0UL;
        foreach (var part in text.Split(','))
        {
            if (Part(part, field) is not { } some)
            {
                return null;
            }

            values |= some;
        }

        // Both names of Sunday are one day.
        return field == 5 && (values & (1UL << 7)) != 0 ? (values | 1) & ~(1UL << 7) : values;
    }

    private static ulong? Part(string part, int field)
    {
        var (_, least, most) = Ranges[field];
        var step = part.Split('/');
        var by = 1;
        if (step.Length > 2 || (step.Length == 2 && !(int.TryParse(step[1], NumberStyles.None, CultureInfo.InvariantCulture, out by) && by > 0)))
        {
            return null;
        }

        var (from, to) = (least, field == 5 ? 6 : most);
        if (step[0] is not ("*" or "?"))
        {
            var range = step[0].Split('-');
            if (range.Length > 2 || Value(range[0], field) is not { } first || Value(range[^1], field) is not { } end)
            {
                return null;
            }

            (from, to) = (first, range.Length == 2 ? end : step.Length == 2 ? to : first);
        }

        if (from < least || from > most || to < least || to > most)
        {
            return null;
        }

        // 'fri-mon' and '22-2' go over the end, as a reader takes them.
        var span = field == 5 ? 7 : most - least + 1;
        var values = 0UL;
        for (var value = from; value <= (to < from ? to + span : to); value += by)
        {
            values |= 1UL << (value > most ? value - span : value);
        }

        return values;
    }

    private static int? Value(string text, int field)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var words = field switch { 4 => Months, 5 => Weekdays, _ => [] };
        var word = Array.FindIndex(words, w => w.Equals(text, StringComparison.OrdinalIgnoreCase));
        return word < 0 ? null : field == 4 ? word + 1 : word;
    }
}
