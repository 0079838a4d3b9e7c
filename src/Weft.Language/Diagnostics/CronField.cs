using System.Globalization;
using Cronos;

namespace Weft.Language.Diagnostics;

/// <summary>One field of a cron expression: what it may hold, and how the library that reads it wants it written.</summary>
internal sealed record CronField(string Name, int Position, int Least, int Most, params string[] Words)
{
    private const int Weekday = 5;

    /// <summary>The six fields, in the order in which they are written.</summary>
    public static readonly CronField[] All =
    [
        new("second", 0, 0, 59),
        new("minute", 1, 0, 59),
        new("hour", 2, 0, 23),
        new("day", 3, 1, 31),
        new("month", 4, 1, 12, "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        new("weekday", Weekday, 0, 7, "sun", "mon", "tue", "wed", "thu", "fri", "sat"),
    ];

    /// <summary>The last value of a star: of the two Sundays, the first.</summary>
    private int End => Position == Weekday ? 6 : Most;

    /// <summary>What is wrong with the field's text, or null.</summary>
    public string? FaultOf(string text)
    {
        var alone = All.Select(f => f.Position == Position ? Plain(text) : "*");
        return CronExpression.TryParse(string.Join(' ', alone), CronFormat.IncludeSeconds, out _)
            ? null
            : $"'{text.Clip(60)}' cannot be its {Name}, which goes from {Least} to {Most}.{Hint(text)}";
    }

    /// <summary>The same for the library.</summary>
    /// <remarks>
    /// It takes no star within a list and no step that is greater than the field, and counts the steps from one weekday on to a
    /// second Sunday.
    /// </remarks>
    public string Plain(string text)
    {
        var parts = text.Split(',');
        return string.Join(',', parts.Select(part => Plain(part, alone: parts.Length == 1)));
    }

    private string Plain(string part, bool alone)
    {
        var slash = part.IndexOf('/');
        var values = slash < 0 ? part : part[..slash];
        if (values is "*" or "?" && !alone)
        {
            values = $"{Least}-{End}";
        }

        if (slash < 0 || !int.TryParse(part[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var step))
        {
            return slash < 0 ? values : part;
        }

        if (Position == Weekday && values is not ("*" or "?"))
        {
            values = values == "7-7" ? "0-0" : values.StartsWith('7') ? "0" + values[1..] : values;
            values = values.Contains('-') ? values : $"{values}-{End}";
        }

        if (step <= Most)
        {
            return $"{values}/{step}";
        }

        return values is "*" or "?" ? $"{Least}" : FaultOf(values) is null ? values.Split('-')[0] : part;
    }

    private string Hint(string text)
    {
        var words = text.Split(',', '-', '/');
        if (words.Length > 1 && text.AsSpan().ContainsAny(Position == Weekday ? "Ll#" : Words is [] ? "LlWw" : ""))
        {
            return " L, W and # stand alone, without a list, a range or a step.";
        }

        var near = words
            .Where(word => !Words.Contains(word, StringComparer.OrdinalIgnoreCase))
            .Select(word =>
                NearMiss.Find(word, Words) ?? Words.FirstOrDefault(w => word.StartsWith(w, StringComparison.OrdinalIgnoreCase)));
        return near.FirstOrDefault(word => word is not null) is { } meant ? $" Did you mean '{meant}'?" : "";
    }
}
