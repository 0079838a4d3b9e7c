using System.Globalization;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>Times by the caller's clock, always in UTC, and ids from the caller's source.</summary>
internal static class TimeFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("now", "", "The time of the engine's clock, in UTC, as RFC 3339 text.", a => Written(Now(a)))
        {
            Aliases = ["utcnow"],
            IsBare = true,
        },
        new("date", "time, format?",
            "The time in a format: Go's (`2006-01-02`), strftime's (`%Y-%m-%d`), or `rfc3339`, `rfc1123`, `date`, `time`, `unix`. Go "
            + "form: `date format time`.", a => Value.Of(TimeFormat.Format(Time(a, 0), a.Text(1, "rfc3339"))))
            { Order = GoOrder.ValueLast, Aliases = ["strftime", "dateFormat", "formatDate", "datetimeformat"] },
        new("toDate", "text, format?", "The time that a text holds, as RFC 3339 text. Go form: `toDate format text`.",
            a => Written(a.Has(1) ? Parsed(a) : Time(a, 0))) { Order = GoOrder.ValueLast, Aliases = ["strptime"] },
        new("dateModify", "time, duration",
            "The time moved by a duration, such as `-1.5h`, `30m` or `2d`. Go form: `dateModify duration time`.",
            Modify) { Order = GoOrder.ValueLast, Aliases = ["date_modify", "dateAdd"] },
        new("unixEpoch", "time", "Seconds since 1970.", a => Value.Of(Time(a, 0).ToUnixTimeSeconds())) { Aliases = ["unix"] },
        new("unixMillis", "time", "Milliseconds since 1970.", a => Value.Of(Time(a, 0).ToUnixTimeMilliseconds())),
        new("ago", "time", "How long ago it was, in Go's form (`1h2m3s`).", a => Value.Of(Durations.Write(Now(a) - Time(a, 0)))),
        new("duration", "seconds", "Seconds in Go's form (`1h2m3s`).", a => Value.Of(Durations.Write(Span(a, a.Number(0).AsDouble)))),
        new("seconds", "duration", "The seconds of a duration such as `1h30m` or `2 days`.",
            a => Value.Of(
                Durations.Parse(a.Text(0)) is { } span ? span.TotalSeconds
                    : throw a.Fault("The text is no duration, such as 90s, 1h30m or 2d."))),
        new("secondsBetween", "from, to", "The seconds from one time to another.", a => Value.Of((Time(a, 1) - Time(a, 0)).TotalSeconds)),
        new("uuid", "", "A new id. In an orchestrator a replay makes the same one.", NewId) { Aliases = ["uuidv4"], IsBare = true },
    ];

    private static DateTimeOffset Now(Arguments a) => a.Context.Scope.Services.UtcNow is { } clock
        ? new DateTimeOffset(DateTime.SpecifyKind(clock(), DateTimeKind.Utc), TimeSpan.Zero)
        : throw a.Fault("There is no clock here.", TemplateErrorCodes.Unavailable);

    private static Value NewId(Arguments a) => a.Context.Scope.Services.NewGuid is { } source
        ? Value.Of(source().ToString("D"))
        : throw a.Fault("There is no source of ids here.", TemplateErrorCodes.Unavailable);

    private static Value Written(DateTimeOffset time) => Value.Of(TimeFormat.Rfc3339(time));

    private static DateTimeOffset Time(Arguments a, int index)
    {
        var value = a[index];
        if (value.IsNumber && Math.Abs(value.AsDouble) < 2e11)
        {
            return DateTimeOffset.UnixEpoch.AddSeconds(value.AsDouble);
        }

        return value.IsText
            && DateTimeOffset.TryParse(
                value.AsText, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw a.Wrong(index, "a time, as RFC 3339 text or seconds since 1970,");
    }

    private static DateTimeOffset Parsed(Arguments a)
    {
        try
        {
            return DateTimeOffset.ParseExact(a.Text(0), TimeFormat.ToDotNet(a.Text(1)), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        }
        catch (FormatException)
        {
            throw a.Fault("The text is no time in that format.");
        }
    }

    private static Value Modify(Arguments a)
    {
        var span = a[1].IsNumber ? Span(a, a[1].AsDouble)
            : Durations.Parse(a.Text(1)) ?? throw a.Fault("The text is no duration, such as 90s, -1.5h or 2d.");
        try
        {
            return Written(Time(a, 0) + span);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw a.Fault("The time leaves the calendar.");
        }
    }

    private static TimeSpan Span(Arguments a, double seconds) => Math.Abs(seconds) < 9e11
        ? TimeSpan.FromSeconds(seconds)
        : throw a.Fault("The duration is too long.", TemplateErrorCodes.Limit);
}
