using System.Globalization;
using System.Text;
using Weft.Language;

namespace Weft.Functions.Records;

/// <summary>Writes our keys in the characters that Table Storage allows, in the same order.</summary>
/// <remarks>
/// Table Storage forbids <c>/ \ # ?</c> and control characters in keys, has trouble with <c>%</c>, and does not say how it orders what is
/// beyond ASCII. So what is written is printable ASCII alone, which every order agrees on. A forbidden sign is written as the sign before
/// it and <c>b</c>, and that sign itself with <c>a</c>: <c>.</c> → <c>.a</c>, <c>/</c> → <c>.b</c>. The lowest units (to <c>!</c>) are
/// written as <c>!</c> and two hexadecimal digits, the highest (from <c>~</c>) as <c>~</c> and four. Each unit is written by itself, so
/// that a prefix stays a prefix.
/// </remarks>
internal static class TableKey
{
    /// <summary>The longest key that Table Storage takes: 1 KiB of UTF-16.</summary>
    public const int MaxLength = 512;

    /// <summary>The highest of the low units, and the sign they start with.</summary>
    private const char Low = '!';

    /// <summary>The lowest of the high units, and the sign they start with.</summary>
    private const char High = '~';

    /// <summary>The signs before a forbidden one.</summary>
    private const string Doubled = "\"$&.>[";

    /// <summary>Writes a key.</summary>
    /// <exception cref="WeftException"><c>invalid_row_key</c>: it is empty, or longer than Table Storage takes once it is
    /// written.</exception>
    public static string Encode(string key)
    {
        if (key.Length == 0)
        {
            throw new WeftException("invalid_row_key", Fault.Malformed, "A partition or row key is empty. Keys have 1 to 512 characters.");
        }

        var encoded = EncodeBound(key);
        return encoded.Length <= MaxLength
            ? encoded
            : throw new WeftException(
                "invalid_row_key",
                Fault.Malformed,
                $"A key of {key.Length} characters takes {encoded.Length} in Table Storage, which allows {MaxLength}. "
                + "Signs take two, spaces three, and letters beyond ASCII five.");
    }

    /// <summary>Writes the bound of a range, of any length.</summary>
    public static string EncodeBound(string bound)
    {
        if (bound.All(IsPlain))
        {
            return bound;
        }

        var text = new StringBuilder(bound.Length + 16);
        foreach (var unit in bound)
        {
            _ = unit switch
            {
                <= Low => text.Append(Low).Append(((int)unit).ToString("X2", CultureInfo.InvariantCulture)),
                >= High => text.Append(High).Append(((int)unit).ToString("X4", CultureInfo.InvariantCulture)),
                _ when Doubled.Contains(unit) => text.Append(unit).Append('a'),
                _ when IsPlain(unit) => text.Append(unit),
                _ => text.Append((char)(unit - 1)).Append('b'),
            };
        }

        return text.ToString();
    }

    /// <summary>Reads a key that <see cref="Encode"/> wrote.</summary>
    /// <exception cref="WeftException"><c>invalid_row_key</c>: it was written by something else.</exception>
    public static string Decode(string encoded)
    {
        if (encoded.All(IsPlain))
        {
            return encoded;
        }

        var text = new StringBuilder(encoded.Length);
        for (var i = 0; i < encoded.Length;)
        {
            var sign = encoded[i++];
            if (IsPlain(sign))
            {
                text.Append(sign);
            }
            else if (sign is Low or High)
            {
                var digits = sign == Low ? 2 : 4;
                text.Append(i + digits <= encoded.Length
                    && ushort.TryParse(
                        encoded.AsSpan(i, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
                    ? (char)unit
                    : throw Foreign());
                i += digits;
            }
            else
            {
                text.Append(
                    i < encoded.Length && Doubled.Contains(sign) && encoded[i] is 'a' or 'b' ? (char)(sign + (encoded[i] - 'a'))
                        : throw Foreign());
                i++;
            }
        }

        return text.ToString();
    }

    private static bool IsPlain(char unit) =>
        unit is > Low and < High and not ('#' or '%' or '\'' or '/' or '?' or '\\') && !Doubled.Contains(unit);

    private static WeftException Foreign() =>
        new("invalid_row_key", Fault.Malformed,
            "A key in Table Storage was not written by Weft. Its tables, which start with 'weft', are Weft's alone.");
}
