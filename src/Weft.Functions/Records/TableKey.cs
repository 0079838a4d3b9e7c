using System.Text;
using Weft.Workflows;

namespace Weft.Functions.Records;

/// <summary>Writes our keys in the characters that Table Storage allows, in the same order.</summary>
/// <remarks>
/// Table Storage forbids <c>/ \ # ?</c> and control characters in keys. Each forbidden character is written as the nearest allowed
/// neighbour and a letter, and that neighbour with another letter, so that ordinal order is kept:
/// <c>.</c> → <c>.a</c> and <c>/</c> → <c>.b</c>. Keys that hold none of these stay as they are.
/// </remarks>
internal static class TableKey
{
    /// <summary>The longest key that Table Storage takes: 1 KiB of UTF-16.</summary>
    private const int MaxLength = 512;

    public static string Encode(string key)
    {
        if (key.Length == 0)
        {
            throw new WeftException("invalid_key", "A partition or row key is empty. Keys have 1 to 512 characters.");
        }

        var encoded = Write(key);
        return encoded.Length <= MaxLength
            ? encoded
            : throw new WeftException("invalid_key", $"A key of {key.Length} characters takes {encoded.Length} in Table Storage, which allows {MaxLength}.");
    }

    /// <summary>The bound of a range: as a key, but it may be longer than a key and end in the highest character.</summary>
    public static string EncodeBound(string bound) => Write(bound);

    public static string Decode(string encoded)
    {
        if (encoded.AsSpan().IndexOfAny("\".>[ ~") < 0)
        {
            return encoded;
        }

        var text = new StringBuilder(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            var c = encoded[i];
            if (c is '"' or '.' or '>' or '[')
            {
                text.Append(encoded[++i] == 'a' ? c : c == '[' ? '\\' : (char)(c + 1));
            }
            else if (c is ' ' or '~')
            {
                if (encoded[++i] == 'a')
                {
                    text.Append(c);
                }
                else
                {
                    // A control character: two letters for its two hexadecimal digits, after a 'b' behind a tilde.
                    var at = c == '~' ? ++i : i;
                    text.Append((char)(((encoded[at] - 'A') << 4) | (encoded[at + 1] - 'A')));
                    i = at + 1;
                }
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    private static string Write(string key)
    {
        var plain = true;
        foreach (var c in key)
        {
            plain &= c is > ' ' and < '~' and not ('"' or '#' or '.' or '/' or '>' or '?' or '[' or '\\') or > '\u009f';
        }

        if (plain)
        {
            return key;
        }

        var text = new StringBuilder(key.Length + 8);
        foreach (var c in key)
        {
            _ = c switch
            {
                '"' or '.' or '>' or '[' or ' ' or '~' => text.Append(c).Append('a'),
                '#' or '/' or '?' => text.Append((char)(c - 1)).Append('b'),
                '\\' => text.Append("[b"),
                < ' ' => Digits(text.Append(' '), c),
                >= '\u007f' and <= '\u009f' => Digits(text.Append("~b"), c),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    private static StringBuilder Digits(StringBuilder text, char c) =>
        text.Append((char)('A' + (c >> 4))).Append((char)('A' + (c & 15)));
}
