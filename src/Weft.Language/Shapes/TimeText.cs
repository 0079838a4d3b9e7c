using System.Globalization;

namespace Weft.Language.Shapes;

/// <summary>Times as they are written.</summary>
internal static class TimeText
{
    public static bool IsTime(string text) => TryParse(text, out _);

    /// <summary>Reads a time stamp; without an offset it is UTC.</summary>
    public static bool TryParse(string text, out DateTime utc)
    {
        var read = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var value)
            && text.Length >= 10 && text[4] == '-';
        utc = value.UtcDateTime;
        return read;
    }
}
