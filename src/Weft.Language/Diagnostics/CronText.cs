using Cronos;

namespace Weft.Language.Diagnostics;

/// <summary>A schedule as people write it, and when the clock on the wall fits it; changes of the clock are its user's affair.</summary>
/// <remarks>
/// <para>Five fields (minute first) or six (second first); <c>@hourly</c>, <c>@daily</c>, <c>@weekly</c>, <c>@monthly</c>, <c>@yearly</c>;
/// <c>@every 15m</c>. Sunday is 0 and 7. <c>L</c> is the last day of the month, <c>15W</c> the working day nearest to the 15th,
/// <c>5L</c> the last Friday, <c>1#2</c> the second Monday.</para>
/// <para>Where day and weekday are both named, either will do, as cron has always had it; a field that starts with <c>*</c> or <c>?</c>
/// names none.</para>
/// </remarks>
public sealed class CronText
{
    private static readonly Dictionary<string, string> Macros = new(StringComparer.Ordinal)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
    };

    private readonly CronExpression[] _anyOf;

    private CronText(CronExpression[] anyOf, bool everyHour, TimeSpan? every)
    {
        _anyOf = anyOf;
        EveryHour = everyHour;
        Every = every;
    }

    /// <summary>Gets a value indicating whether the hours are a pace (<c>*</c>, <c>*/2</c>) and not times of day.</summary>
    public bool EveryHour { get; }

    /// <summary>Gets the length of <c>@every</c>, one second or more; null when the schedule has fields.</summary>
    public TimeSpan? Every { get; }

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">The schedule.</param>
    /// <param name="fault">What is wrong with it, as a sentence without its beginning; null when nothing is.</param>
    /// <returns>The schedule, or null when the text is none, or is one that never fires.</returns>
    public static CronText? Parse(string text, out string? fault)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("@every ", StringComparison.Ordinal))
        {
            var sound = DurationText.TryParse(trimmed[7..], out var every) && every >= TimeSpan.FromSeconds(1);
            fault = sound ? null : "'@every' needs a duration of one second or more, such as '@every 15m'.";
            return sound ? new CronText([], everyHour: false, every) : null;
        }

        if (trimmed.StartsWith('@') && !Macros.ContainsKey(trimmed))
        {
            fault = $"'{trimmed.Clip(60)}' is not known.{NearMiss.HintOrList(trimmed, Macros.Keys)}";
            return null;
        }

        return ParseFields(Macros.GetValueOrDefault(trimmed, trimmed), out fault);
    }

    /// <summary>The next time that fits; null when there is none before the year 10000, and for <c>@every</c>.</summary>
    /// <param name="after">The clock on the wall.</param>
    /// <param name="inclusive">Whether that time itself will do.</param>
    public DateTime? Next(DateTime after, bool inclusive)
    {
        // UTC has no gaps, so the library takes any wall's time for it.
        var wall = DateTime.SpecifyKind(after, DateTimeKind.Utc);
        var next = _anyOf.Min(e => e.GetNextOccurrence(wall, inclusive));
        return next is { } time ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified) : null;
    }

    private static CronText? ParseFields(string text, out string? fault)
    {
        string[] parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (5 or 6))
        {
            fault = $"it has {parts.Length} fields. Write five (minute hour day month weekday), or six with seconds first.";
            return null;
        }

        parts = parts.Length == 5 ? ["0", .. parts] : parts;
        for (var i = 0; i < parts.Length; i++)
        {
            fault = CronField.All[i].FaultOf(parts[i]);
            if (fault is not null)
            {
                return null;
            }
        }

        var fields = parts.Zip(CronField.All, (part, field) => field.Plain(part)).ToArray();
        var both = Of(fields);
        CronExpression[] anyOf = NamesNone(parts[3]) || NamesNone(parts[5])
            ? [both]
            : [Of([.. fields[..5], "*"]), Of([.. fields[..3], "*", .. fields[4..]])];

        // The library writes a field that allows everything as a star, however it was written.
        var everyHour = NamesNone(parts[2]) || both.ToString().Split(' ')[^4] == "*";
        var cron = new CronText(anyOf, everyHour, every: null);
        fault = cron.Next(new DateTime(2000, 1, 1), inclusive: true) is null ? "it never fires: no month has such a day." : null;
        return fault is null ? cron : null;
    }

    private static CronExpression Of(string[] fields) => CronExpression.Parse(string.Join(' ', fields), CronFormat.IncludeSeconds);

    private static bool NamesNone(string field) => field[0] is '*' or '?';
}
