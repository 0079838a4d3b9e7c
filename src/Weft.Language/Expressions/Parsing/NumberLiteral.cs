using System.Globalization;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Parsing;

/// <summary>Reads numbers.</summary>
internal static class NumberLiteral
{
    public static Value Read(SourceCursor cursor)
    {
        var start = cursor.At;
        if (cursor.Current == '-')
        {
            cursor.At++;
        }

        if (cursor.Current == '0' && cursor.Peek() is 'x' or 'X')
        {
            cursor.At += 2;
            var digits = cursor.At;
            SkipWhile(cursor, char.IsAsciiHexDigit);
            return long.TryParse(
                cursor.Source.AsSpan(digits, cursor.At - digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)
                ? Value.Of(cursor.Source[start] == '-' ? -hex : hex)
                : throw cursor.Fault("That is no number.", offset: start);
        }

        SkipWhile(cursor, c => char.IsAsciiDigit(c) || c == '_');
        var isWhole = true;
        if (cursor.Current == '.' && char.IsAsciiDigit(cursor.Peek()))
        {
            isWhole = false;
            cursor.At++;
            SkipWhile(cursor, char.IsAsciiDigit);
        }

        if (cursor.Current is 'e' or 'E'
            && (char.IsAsciiDigit(cursor.Peek()) || (cursor.Peek() is '+' or '-' && char.IsAsciiDigit(cursor.Peek(2)))))
        {
            isWhole = false;
            cursor.At += 2;
            SkipWhile(cursor, char.IsAsciiDigit);
        }

        var text = cursor.Source[start..cursor.At].Replace("_", "");
        if (SourceCursor.StartsName(cursor.Current))
        {
            throw cursor.Fault($"Expected a number, but found '{text}{cursor.PeekName()}'.", offset: start);
        }

        if (isWhole && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return Value.Of(integer);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? Value.Of(number)
            : throw cursor.Fault("That is no number.", offset: start);
    }

    private static void SkipWhile(SourceCursor cursor, Func<char, bool> belongs)
    {
        while (belongs(cursor.Current))
        {
            cursor.At++;
        }
    }
}
