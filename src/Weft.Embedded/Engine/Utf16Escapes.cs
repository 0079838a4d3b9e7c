using System.Globalization;

namespace Weft.Embedded.Engine;

/// <summary>JSON can spell half of a surrogate pair, which no reader of text accepts.</summary>
internal static class Utf16Escapes
{
    /// <summary>Turns each escaped lone surrogate into <c>\ufffd</c>, in place: both have six bytes.</summary>
    public static void MendLoneSurrogates(Span<byte> json)
    {
        for (var from = 0; from < json.Length;)
        {
            var found = json[from..].IndexOf((byte)'\\');
            if (found < 0)
            {
                return;
            }

            var at = from + found;
            if (!TryRead(json, at, out var unit))
            {
                from = at + 2;
            }
            else if (char.IsHighSurrogate(unit) && TryRead(json, at + 6, out var low) && char.IsLowSurrogate(low))
            {
                from = at + 12;
            }
            else
            {
                if (char.IsSurrogate(unit))
                {
                    "\\ufffd"u8.CopyTo(json[at..]);
                }

                from = at + 6;
            }
        }
    }

    private static bool TryRead(ReadOnlySpan<byte> json, int at, out char unit)
    {
        unit = default;
        if (at + 6 > json.Length || json[at] != '\\' || json[at + 1] != 'u'
            || !ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
