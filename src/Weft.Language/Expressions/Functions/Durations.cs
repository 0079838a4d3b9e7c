using System.Globalization;
using System.Text;

namespace Weft.Language.Expressions.Functions;

/// <summary>Durations in Go's form, with days and weeks, and in words.</summary>
internal static class Durations
{
    private static readonly (string Unit, double Seconds)[] Units =
    [
        ("ms", 0.001), ("milliseconds", 0.001), ("millisecond", 0.001), ("s", 1), ("sec", 1), ("second", 1), ("seconds", 1), ("m", 60),
        ("min", 60), ("minute", 60), ("minutes", 60),
        ("h", 3600), ("hour", 3600), ("hours", 3600), ("d", 86400), ("day", 86400), ("days", 86400), ("w", 604800), ("week", 604800),
        ("weeks", 604800),
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
