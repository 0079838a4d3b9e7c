using System.Globalization;
using System.Text;

namespace Weft.Workflows.Expressions.Functions;

/// <summary>Times written in Go's and strftime's formats. The zone is always UTC.</summary>
internal static class TimeFormat
{
    // Go writes the time 'Mon Jan 2 15:04:05 MST 2006' as its format. Longer parts come before shorter ones they begin with.
    private static readonly (string Go, string DotNet)[] GoParts =
    [
        ("January", "MMMM"), ("Monday", "dddd"), ("2006", "yyyy"), ("Jan", "MMM"), ("Mon", "ddd"), ("MST", "'UTC'"),
        ("Z07:00", "'Z'"), ("-07:00", "'+00:00'"), ("-0700", "'+0000'"), (".000000000", ".fffffff'00'"), (".000000", ".ffffff"), (".000", ".fff"),
        ("01", "MM"), ("02", "dd"), ("03", "hh"), ("04", "mm"), ("05", "ss"), ("06", "yy"), ("15", "HH"), ("PM", "tt"), ("pm", "tt"),
        ("_2", "%d"), ("1", "%M"), ("2", "%d"), ("3", "%h"), ("4", "%m"), ("5", "%s"),
    ];

    private static readonly (char Code, string DotNet)[] StrftimeCodes =
    [
        ('Y', "yyyy"), ('y', "yy"), ('m', "MM"), ('d', "dd"), ('e', "%d"), ('H', "HH"), ('I', "hh"), ('M', "mm"), ('S', "ss"), ('f', "ffffff"),
        ('p', "tt"), ('A', "dddd"), ('a', "ddd"), ('B', "MMMM"), ('b', "MMM"), ('h', "MMM"), ('F', "yyyy-MM-dd"), ('T', "HH:mm:ss"), ('D', "MM/dd/yy"),
        ('R', "HH:mm"), ('z', "'+0000'"), ('Z', "'UTC'"), ('c', "ddd MMM dd HH:mm:ss yyyy"), ('x', "MM/dd/yy"), ('X', "HH:mm:ss"), ('%', "'%'"), ('n', "'\n'"), ('t', "'\t'"),
    ];

    public static string Rfc3339(DateTimeOffset time) =>
        time.UtcDateTime.ToString(time.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Format(DateTimeOffset time, string format)
    {
        var utc = time.UtcDateTime;
        return format.ToLowerInvariant() switch
        {
            "" or "rfc3339" or "iso" or "iso8601" => Rfc3339(time),
            "rfc1123" => utc.ToString("r", CultureInfo.InvariantCulture),
            "date" => utc.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "time" => utc.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            "unix" => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            _ => string.Concat(Parts(format).Select(x => Part(utc, format, x))),
        };
    }

    /// <summary>The format as .NET writes it, for reading times.</summary>
    public static string ToDotNet(string format) =>
        string.Concat(Parts(format).Select(x => x.IsCode ? x.Text.TrimStart('%') : $"'{x.Text.Replace("'", "''")}'"));

    private static string Part(DateTime utc, string format, (string Text, bool IsCode) part)
    {
        if (!part.IsCode)
        {
            return part.Text;
        }

        var text = utc.ToString(part.Text.Length == 1 ? "%" + part.Text : part.Text, CultureInfo.InvariantCulture);
        return part.Text == "tt" && format.Contains("pm", StringComparison.Ordinal) ? text.ToLowerInvariant() : text;
    }

    private static List<(string Text, bool IsCode)> Parts(string format) => format.Contains('%') ? Strftime(format) : Go(format);

    private static List<(string Text, bool IsCode)> Strftime(string format)
    {
        var parts = new List<(string, bool)>();
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%' || at + 1 == format.Length)
            {
                parts.Add((format[at].ToString(), false));
                continue;
            }

            at++;
            var isBare = format[at] == '-' && at + 1 < format.Length;
            at += isBare ? 1 : 0;
            var code = Array.Find(StrftimeCodes, x => x.Code == format[at]).DotNet;
            parts.Add(code is null ? ("%" + format[at], false) : (isBare && code.Length == 2 ? "%" + code[0] : code, true));
        }

        return parts;
    }

    private static List<(string Text, bool IsCode)> Go(string format)
    {
        var parts = new List<(string, bool)>();
        var plain = new StringBuilder();
        for (var at = 0; at < format.Length;)
        {
            var part = Array.Find(GoParts, x => string.CompareOrdinal(format, at, x.Go, 0, x.Go.Length) == 0);
            if (part.Go is null)
            {
                plain.Append(format[at++]);
                continue;
            }

            parts.Add((plain.ToString(), false));
            plain.Clear();
            parts.Add((part.DotNet, true));
            at += part.Go.Length;
        }

        parts.Add((plain.ToString(), false));
        return [.. parts.Where(x => x.Item1.Length > 0)];
    }
}

/// <summary>Durations in Go's form, with days and weeks, and in words.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Seconds)[] Units =
    [
        ("ms", 0.001), ("milliseconds", 0.001), ("millisecond", 0.001), ("s", 1), ("sec", 1), ("second", 1), ("seconds", 1), ("m", 60), ("min", 60), ("minute", 60), ("minutes", 60),
        ("h", 3600), ("hour", 3600), ("hours", 3600), ("d", 86400), ("day", 86400), ("days", 86400), ("w", 604800), ("week", 604800), ("weeks", 604800),
    ];

    public static TimeSpan? Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        var sign = rest.StartsWith("-") ? -1 : 1;
        rest = rest.TrimStart("+-");
        var seconds = 0.0;
        if (rest.IsEmpty)
        {
            return null;
        }

        while (!rest.IsEmpty)
        {
            var digits = Length(rest, c => char.IsAsciiDigit(c) || c == '.');
            if (!double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..].TrimStart();
            var letters = Length(rest, char.IsAsciiLetter);
            var unit = letters == 0 && rest.IsEmpty ? "s" : rest[..letters].ToString().ToLowerInvariant();
            var factor = Array.Find(Units, x => x.Unit == unit).Seconds;
            if (factor == 0)
            {
                return null;
            }

            seconds += number * factor;
            rest = rest[letters..].TrimStart();
        }

        return seconds < 9e11 ? TimeSpan.FromSeconds(sign * seconds) : null;
    }

    public static string Write(TimeSpan span)
    {
        var rest = span.Duration();
        var text = new StringBuilder(span < TimeSpan.Zero ? "-" : "");
        var hours = (long)rest.TotalHours;
        if (hours > 0)
        {
            text.Append(hours).Append('h');
        }

        if (hours > 0 || rest.Minutes > 0)
        {
            text.Append(rest.Minutes).Append('m');
        }

        var seconds = rest.Seconds + ((rest.Ticks % TimeSpan.TicksPerSecond) / (double)TimeSpan.TicksPerSecond);
        return text.Append(seconds.ToString("0.###", CultureInfo.InvariantCulture)).Append('s').ToString();
    }

    private static int Length(ReadOnlySpan<char> text, Func<char, bool> belongs)
    {
        var length = 0;
        while (length < text.Length && belongs(text[length]))
        {
            length++;
        }

        return length;
    }
}
