using System.Globalization;

namespace Weft.Language.Diagnostics;

/// <summary>Reads durations as people write them.</summary>
public static class DurationText
{
    /// <summary>The longest duration: ten years.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>
    /// Reads <c>30s</c>, <c>1h30m</c>, <c>500ms</c>, <c>7d</c>, <c>2w</c>, <c>5 minutes</c>, <c>1 hour 30 minutes</c>, ISO 8601's
    /// <c>PT30S</c>, or a bare number of seconds. From zero to <see cref="Longest"/>.
    /// </summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty || rest.Length > 100)
        {
            return false;
        }

        if (rest[0] is 'P' or 'p')
        {
            return TryParseIso(rest, out value);
        }

        double total = 0;
        var parts = 0;
        while (!rest.IsEmpty)
        {
            if (!TakeNumber(ref rest, out var number))
            {
                return false;
            }

            rest = rest.TrimStart();
            var length = 0;
            while (length < rest.Length && char.IsAsciiLetter(rest[length]))
            {
                length++;
            }

            var seconds = length == 0 && parts == 0 && rest.IsEmpty ? 1 : SecondsOf(rest[..length]);
            if (seconds is null)
            {
                return false;
            }

            total += number * seconds.Value;
            parts++;
            rest = rest[length..].TrimStart();
        }

        return InRange(total, out value);
    }

    private static bool TakeNumber(ref ReadOnlySpan<char> rest, out double number)
    {
        var length = 0;
        while (length < rest.Length && (char.IsAsciiDigit(rest[length]) || rest[length] == '.'))
        {
            length++;
        }

        if (!double.TryParse(rest[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        rest = rest[length..];
        return true;
    }

    private static double? SecondsOf(ReadOnlySpan<char> unit) => unit switch
    {
        "ns" => 1e-9,
        "us" or "µs" => 1e-6,
        "ms" or "msec" or "millisecond" or "milliseconds" => 1e-3,
        "s" or "sec" or "secs" or "second" or "seconds" => 1,
        "m" or "min" or "mins" or "minute" or "minutes" => 60,
        "h" or "hr" or "hrs" or "hour" or "hours" => 3600,
        "d" or "day" or "days" => 86_400,
        "w" or "week" or "weeks" => 604_800,
        _ => null,
    };

    private static bool TryParseIso(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var rest = text[1..];
        double total = 0;
        var (inTime, parts) = (false, 0);
        while (!rest.IsEmpty)
        {
            if (rest[0] is 'T' or 't')
            {
                inTime = true;
                rest = rest[1..];
                continue;
            }

            if (!TakeNumber(ref rest, out var number) || rest.IsEmpty)
            {
                return false;
            }

            var unit = char.ToUpperInvariant(rest[0]) switch
            {
                'W' when !inTime => 604_800,
                'D' when !inTime => 86_400,
                'H' when inTime => 3600,
                'M' when inTime => 60,
                'S' when inTime => 1,
                _ => 0,
            };
            if (unit == 0)
            {
                return false;
            }

            total += number * unit;
            parts++;
            rest = rest[1..];
        }

        return parts > 0 && InRange(total, out value);
    }

    private static bool InRange(double seconds, out TimeSpan value)
    {
        var fits = seconds >= 0 && seconds <= Longest.TotalSeconds;
        value = fits ? TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond)) : TimeSpan.Zero;
        return fits;
    }
}
