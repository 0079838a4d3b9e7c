using System.Globalization;
using System.Text.Json.Nodes;

namespace Weft.Language.Source;

/// <summary>What a plain scalar means: the core schema of YAML 1.2, chapter 10.3.</summary>
internal static class CoreSchema
{
    public static ScalarKind KindOf(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return ScalarKind.Null;
            case "true" or "True" or "TRUE" or "false" or "False" or "FALSE":
                return ScalarKind.Bool;
        }

        var first = text[0];
        if (!char.IsAsciiDigit(first) && first is not ('+' or '-' or '.'))
        {
            return ScalarKind.Text;
        }

        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return text.Length > 2 && text.AsSpan(2).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0 ? ScalarKind.Integer : ScalarKind.Text;
        }

        if (text.StartsWith("0o", StringComparison.Ordinal))
        {
            return text.Length > 2 && text.AsSpan(2).IndexOfAnyExcept("01234567") < 0 ? ScalarKind.Integer : ScalarKind.Text;
        }

        return NumberKind(text.AsSpan(first is '+' or '-' ? 1 : 0));
    }

    /// <summary>The JSON number of a number's digits, without loss; null when JSON has none for it (infinity, not a number).</summary>
    public static JsonNode? Number(string text)
    {
        if (text.StartsWith("0x", StringComparison.Ordinal))
        {
            return ulong.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hex)
                ? Parse(hex.ToString(CultureInfo.InvariantCulture)) : null;
        }

        if (text.StartsWith("0o", StringComparison.Ordinal))
        {
            var value = 0UL;
            foreach (var digit in text.AsSpan(2))
            {
                if (value > ulong.MaxValue >> 3)
                {
                    return null;
                }

                value = (value << 3) | (uint)(digit - '0');
            }

            return Parse(value.ToString(CultureInfo.InvariantCulture));
        }

        return text.Contains('n', StringComparison.OrdinalIgnoreCase) ? null : Parse(Canonical(text));
    }

    private static JsonNode? Parse(string number) => JsonNode.Parse(number);

    private static string Canonical(string text)
    {
        var negative = text[0] == '-';
        var body = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        var exponent = body.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? body : body[..exponent];
        var dot = mantissa.IndexOf('.');
        var whole = (dot < 0 ? mantissa : mantissa[..dot]).TrimStart('0');
        var fraction = dot < 0 ? [] : mantissa[(dot + 1)..];
        return $"{(negative ? "-" : "")}{(whole.IsEmpty ? "0" : whole)}"
            + $"{(fraction.IsEmpty ? "" : ".")}{fraction}{(exponent < 0 ? [] : body[exponent..])}";
    }

    private static ScalarKind NumberKind(ReadOnlySpan<char> body)
    {
        if (body is ".inf" or ".Inf" or ".INF" or ".nan" or ".NaN" or ".NAN")
        {
            return ScalarKind.Float;
        }

        var i = 0;
        var digits = CountDigits(body, ref i);
        if (i == body.Length)
        {
            return digits > 0 ? ScalarKind.Integer : ScalarKind.Text;
        }

        if (body[i] == '.')
        {
            i++;
            digits += CountDigits(body, ref i);
        }

        if (digits == 0)
        {
            return ScalarKind.Text;
        }

        if (i < body.Length && body[i] is 'e' or 'E')
        {
            i++;
            if (i < body.Length && body[i] is '+' or '-')
            {
                i++;
            }

            if (CountDigits(body, ref i) == 0)
            {
                return ScalarKind.Text;
            }
        }

        return i == body.Length ? ScalarKind.Float : ScalarKind.Text;
    }

    private static int CountDigits(ReadOnlySpan<char> body, ref int at)
    {
        var start = at;
        while (at < body.Length && char.IsAsciiDigit(body[at]))
        {
            at++;
        }

        return at - start;
    }
}
