using System.Globalization;
using System.Text;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>Formats: <c>%-8s %5.2f</c> as C, Go and Python have them, and Python's braces.</summary>
internal static class PrintfFormat
{
    private const int Widest = 10_000;

    public static string Apply(RenderContext context, string format, ReadOnlySpan<Value> values)
    {
        using var sink = new TextSink(context.Limits.OutputLength);
        var next = 0;
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] != '%')
            {
                sink.Append(format[at]);
                continue;
            }

            var start = at++;
            var flags = Take(format, ref at, "-+ #0");
            var width = Number(format, ref at);
            var precision = -1;
            if (at < format.Length && format[at] == '.')
            {
                at++;
                precision = Number(format, ref at);
            }

            if (at >= format.Length)
            {
                throw context.Fault(TemplateErrorCodes.Type, "The format ends within a '%'.");
            }

            if (format[at] == '%')
            {
                sink.Append('%');
                continue;
            }

            if (next >= values.Length)
            {
                throw context.Fault(
                    TemplateErrorCodes.Type, $"The format has more places than values: '{format[start..(at + 1)]}' has none.");
            }

            sink.Append(Pad(Verb(context, format[at], values[next++], precision, flags), flags, width));
        }

        return sink.ToString();
    }

    /// <summary><c>{}</c>, <c>{1}</c> and <c>{0:.2f}</c>; <c>{{</c> is a brace.</summary>
    public static string Braces(RenderContext context, string format, ReadOnlySpan<Value> values)
    {
        using var sink = new TextSink(context.Limits.OutputLength);
        var next = 0;
        for (var at = 0; at < format.Length; at++)
        {
            var c = format[at];
            if (c is not ('{' or '}') || (at + 1 < format.Length && format[at + 1] == c))
            {
                sink.Append(c);
                at += c is '{' or '}' ? 1 : 0;
                continue;
            }

            var end = c == '{' ? format.IndexOf('}', at) : -1;
            if (end < 0)
            {
                throw context.Fault(TemplateErrorCodes.Type, "The format has a brace without its other.");
            }

            var place = format[(at + 1)..end];
            var colon = place.IndexOf(':');
            var name = colon < 0 ? place : place[..colon];
            var index =
                name.Length == 0 ? next++ : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : -1;
            if (index < 0 || index >= values.Length)
            {
                throw context.Fault(TemplateErrorCodes.Type, $"The format has no value for '{{{name}}}'; it takes values by their place.");
            }

            sink.Append(colon < 0 || place.Length == colon + 1
                ? context.TextOf(values[index])
                : Apply(context, "%" + place[(colon + 1)..].Replace("<", "-").Replace(">", "") + (char.IsAsciiLetter(place[^1]) ? "" : "v"),
                    [values[index]]));
            at = end;
        }

        return sink.ToString();
    }

    private static string Verb(RenderContext context, char verb, Value value, int precision, string flags)
    {
        switch (verb)
        {
            case 's' or 'v':
                var text = context.TextOf(value);
                return precision >= 0 ? CodePoints.Slice(text, 0, precision, 1) : text;
            case 'q' or 'r':
                return ValueText.JsonOf(value.IsText ? value : Value.Of(context.TextOf(value)), 0, context.Limits.OutputLength);
            case 'd' or 'i' or 'u' when value.Kind == ValueKind.Integer:
                return Signed(value.AsInteger.ToString(CultureInfo.InvariantCulture), flags);
            case 'd' or 'i' or 'u':
                return Signed(Math.Truncate(NumberOf(context, value, verb)).ToString("F0", CultureInfo.InvariantCulture), flags);
            case 'f' or 'F':
                return Signed(
                    NumberOf(context, value, verb).ToString(
                        "F" + Math.Min(precision < 0 ? 6 : precision, 99), CultureInfo.InvariantCulture), flags);
            case 'e' or 'E':
                return Signed(
                    NumberOf(context, value, verb).ToString(
                        "0." + new string('0', Math.Min(precision < 0 ? 6 : precision, 99)) + (verb == 'e' ? "e+00" : "E+00"),
                        CultureInfo.InvariantCulture), flags);
            case 'g' or 'G':
                return Signed(ValueText.OfNumber(NumberOf(context, value, verb)), flags);
            case 't':
                return value.IsTruthy ? "true" : "false";
            case 'x' or 'X' when value.IsText:
                var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value.AsText));
                return verb == 'x' ? hex : hex.ToUpperInvariant();
            case 'x' or 'X':
                return ((long)NumberOf(context, value, verb)).ToString(verb == 'x' ? "x" : "X", CultureInfo.InvariantCulture);
            case 'o':
                return Convert.ToString((long)NumberOf(context, value, verb), 8);
            case 'b':
                return Convert.ToString((long)NumberOf(context, value, verb), 2);
            case 'T':
                return LogicFunctions.Kind(value);
            default:
                throw context.Fault(TemplateErrorCodes.Type, $"A format has no '%{verb}'. It has s, v, q, d, f, e, g, t, x, o, b and %%.");
        }
    }

    private static double NumberOf(RenderContext context, Value value, char verb) => value.IsNumber || value.Kind == ValueKind.Boolean
        ? value.Kind == ValueKind.Boolean ? value.AsInteger : value.AsDouble
        : throw context.Fault(TemplateErrorCodes.Type, $"'%{verb}' formats a number, not {value.KindName}.");

    private static string Signed(string number, string flags) =>
        number.StartsWith('-') ? number : flags.Contains('+') ? "+" + number : flags.Contains(' ') ? " " + number : number;

    private static string Pad(string text, string flags, int width)
    {
        var missing = width - CodePoints.Count(text);
        if (missing <= 0)
        {
            return text;
        }

        if (flags.Contains('-'))
        {
            return text + new string(' ', missing);
        }

        var isSigned = text is ['-' or '+', ..];
        return flags.Contains('0')
            ? (isSigned ? text[..1] : "") + new string('0', missing) + (isSigned ? text[1..] : text)
            : new string(' ', missing) + text;
    }

    private static string Take(string format, ref int at, string characters)
    {
        var start = at;
        while (at < format.Length && characters.Contains(format[at]))
        {
            at++;
        }

        return format[start..at];
    }

    private static int Number(string format, ref int at)
    {
        var number = 0;
        while (at < format.Length && char.IsAsciiDigit(format[at]))
        {
            number = Math.Min((number * 10) + format[at] - '0', Widest);
            at++;
        }

        return number;
    }
}
