using System.Globalization;
using System.Text;

namespace Weft.Language.Expressions.Functions;

/// <summary>Times written in Go's and strftime's formats. The zone is always UTC.</summary>
internal static class TimeFormat
{
    // Go writes the time 'Mon Jan 2 15:04:05 MST 2006' as its format. Longer parts come before shorter ones they begin with.
    private static readonly (string Go, string DotNet)[] GoParts =
    [
        ("January", "MMMM"), ("Monday", "dddd"), ("2006", "yyyy"), ("Jan", "MMM"), ("Mon", "ddd"), ("MST", "'UTC'"),
        ("Z07:00", "'Z'"), ("-07:00", "'+00:00'"), ("-0700", "'+0000'"), (".000000000", ".fffffff'00'"), (".000000", ".ffffff"),
        (".000", ".fff"),
        ("01", "MM"), ("02", "dd"), ("03", "hh"), ("04", "mm"), ("05", "ss"), ("06", "yy"), ("15", "HH"), ("PM", "tt"), ("pm", "tt"),
        ("_2", "%d"), ("1", "%M"), ("2", "%d"), ("3", "%h"), ("4", "%m"), ("5", "%s"),
    ];

    private static readonly (char Code, string DotNet)[] StrftimeCodes =
    [
        ('Y', "yyyy"), ('y', "yy"), ('m', "MM"), ('d', "dd"), ('e', "%d"), ('H', "HH"), ('I', "hh"), ('M', "mm"), ('S', "ss"),
        ('f', "ffffff"),
        ('p', "tt"), ('A', "dddd"), ('a', "ddd"), ('B', "MMMM"), ('b', "MMM"), ('h', "MMM"), ('F', "yyyy-MM-dd"), ('T', "HH:mm:ss"),
        ('D', "MM/dd/yy"),
        ('R', "HH:mm"), ('z', "'+0000'"), ('Z', "'UTC'"), ('c', "ddd MMM dd HH:mm:ss yyyy"), ('x', "MM/dd/yy"), ('X', "HH:mm:ss"),
        ('%', "'%'"), ('n', "'\n'"), ('t', "'\t'"),
    ];

    public static string Rfc3339(DateTimeOffset time) =>
        time.UtcDateTime.ToString(
            time.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture);

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
