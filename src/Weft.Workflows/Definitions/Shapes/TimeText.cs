using System.Globalization;

namespace Weft.Workflows.Definitions.Shapes;

/// <summary>Times and schedules as they are written.</summary>
internal static class TimeText
{
    private static readonly string[] Macros = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

    private static readonly (string Name, int Min, int Max, string[] Words)[] Fields =
    [
        ("second", 0, 59, []),
        ("minute", 0, 59, []),
        ("hour", 0, 23, []),
        ("day", 1, 31, []),
        ("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        ("weekday", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    public static bool IsTime(string text) => TryParse(text, out _);

    /// <summary>Reads a time stamp; without an offset it is UTC.</summary>
    public static bool TryParse(string text, out DateTime utc)
    {
        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            && text.Length >= 10 && text[4] == '-';
        utc = value.UtcDateTime;
        return read;
    }

    /// <summary>What is wrong with a cron expression, or null.</summary>
    public static string? FaultOfCron(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("@every ", StringComparison.Ordinal))
        {
            return DurationText.TryParse(trimmed[7..], out var every) && every >= TimeSpan.FromSeconds(1)
                ? null
                : "'@every' needs a duration of one second or more, such as '@every 15m'.";
        }

        if (trimmed.StartsWith('@'))
        {
            return Macros.Contains(trimmed) ? null : $"'{ShapeCheck.Quote(trimmed)}' is not known.{NearMiss.HintOrList(trimmed, Macros)}";
        }

        var parts = trimmed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (5 or 6))
        {
            return $"it has {parts.Length} fields. Write five (minute hour day month weekday), or six with seconds first.";
        }

        for (var i = 0; i < parts.Length; i++)
        {
            var field = Fields[i + 6 - parts.Length];
            if (!parts[i].Split(',').All(p => IsCronPart(p, field)))
            {
                return $"'{ShapeCheck.Quote(parts[i])}' cannot be its {field.Name}, which goes from {field.Min} to {field.Max}.";
            }
        }

        return null;
    }

    private static bool IsCronPart(string part, (string Name, int Min, int Max, string[] Words) field)
    {
        var step = part.Split('/');
        if (step.Length > 2 || (step.Length == 2 && !(int.TryParse(step[1], NumberStyles.None, CultureInfo.InvariantCulture, out var by) && by > 0)))
        {
            return false;
        }

        if (step[0] is "*")
        {
            return true;
        }

        var range = step[0].Split('-');
        return range.Length <= 2 && range.All(v => ValueOf(v, field) is { } n && n >= field.Min && n <= field.Max);
    }

    private static int? ValueOf(string text, (string Name, int Min, int Max, string[] Words) field)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        var word = Array.FindIndex(field.Words, w => w.Equals(text, StringComparison.OrdinalIgnoreCase));
        return word < 0 ? null : word + field.Words.Length switch { 12 => 1, _ => 0 };
    }
}
