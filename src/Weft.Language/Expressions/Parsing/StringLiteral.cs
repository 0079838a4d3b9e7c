using System.Globalization;
using System.Text;

namespace Weft.Language.Expressions.Parsing;

/// <summary>Reads quoted texts.</summary>
internal static class StringLiteral
{
    /// <summary>Reads <c>"…"</c> or <c>'…'</c> with the escapes of JSON, Python and Go.</summary>
    public static string Read(SourceCursor cursor)
    {
        var start = cursor.At;
        var quote = cursor.Current;
        var text = new StringBuilder();
        cursor.At++;
        while (cursor.Current != quote)
        {
            if (cursor.IsAtEnd)
            {
                throw cursor.Fault($"The text that begins with {quote} is not closed.", offset: start);
            }

            if (cursor.Current != '\\')
            {
                text.Append(cursor.Current);
                cursor.At++;
                continue;
            }

            cursor.At++;
            Escape(cursor, text);
        }

        cursor.At++;
        return text.ToString();
    }

    /// <summary>Reads <c>`…`</c>, in which nothing is escaped.</summary>
    public static string ReadRaw(SourceCursor cursor)
    {
        var end = cursor.Source.IndexOf('`', cursor.At + 1);
        if (end < 0)
        {
            throw cursor.Fault("The text that begins with ` is not closed.");
        }

        var text = cursor.Source[(cursor.At + 1)..end];
        cursor.At = end + 1;
        return text;
    }

    private static void Escape(SourceCursor cursor, StringBuilder text)
    {
        var c = cursor.Current;
        cursor.At++;
        switch (c)
        {
            case 'n':
                text.Append('\n');
                break;
            case 't':
                text.Append('\t');
                break;
            case 'r':
                text.Append('\r');
                break;
            case 'b':
                text.Append('\b');
                break;
            case 'f':
                text.Append('\f');
                break;
            case 'x':
                text.Append((char)Hex(cursor, 2));
                break;
            case 'u':
                text.Append((char)Hex(cursor, 4));
                break;
            case 'U':
                var rune = Hex(cursor, 8);
                text.Append(Rune.IsValid(rune) ? new Rune(rune).ToString() : throw cursor.Fault("That is no character."));
                break;
            case '\\' or '"' or '\'' or '/' or '`':
                text.Append(c);
                break;
            case '\n':
                break;
            default:
                // As Python has it: what is no escape is two characters, so that patterns such as \d need no doubling.
                text.Append('\\');
                cursor.At--;
                break;
        }
    }

    private static int Hex(SourceCursor cursor, int digits)
    {
        var end = Math.Min(cursor.At + digits, cursor.Source.Length);
        if (!int.TryParse(cursor.Source.AsSpan(cursor.At, end - cursor.At), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out var value) || end - cursor.At < digits)
        {
            throw cursor.Fault($"Expected {digits} hexadecimal digits.");
        }

        cursor.At = end;
        return value;
    }
}
