using System.Globalization;

namespace Weft.Language.Expressions.Values;

/// <summary>How values look as text and as JSON text.</summary>
internal static class ValueText
{
    /// <summary>The text of a value in a template: texts as they are, null as nothing, lists and objects as compact JSON.</summary>
    public static void Append(TextSink sink, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                sink.Append(value.AsText);
                break;
            case ValueKind.Boolean:
                sink.Append(value.AsBoolean ? "true" : "false");
                break;
            case ValueKind.Integer or ValueKind.Number:
                AppendNumber(sink, value);
                break;
            case ValueKind.Array or ValueKind.Object:
                AppendJson(sink, value, indent: 0, level: 0);
                break;
        }
    }

    public static string Of(Value value, int limit)
    {
        if (value.IsText)
        {
            return value.AsText;
        }

        using var sink = new TextSink(limit);
        Append(sink, value);
        return sink.ToString();
    }

    public static string JsonOf(Value value, int indent, int limit)
    {
        using var sink = new TextSink(limit);
        AppendJson(sink, value, indent, 0);
        return sink.ToString();
    }

    public static void AppendJson(TextSink sink, Value value, int indent, int level)
    {
        switch (value.Kind)
        {
            case ValueKind.String:
                AppendQuoted(sink, value.AsText);
                break;
            case ValueKind.Array when value.Count == 0:
                sink.Append("[]");
                break;
            case ValueKind.Array:
                sink.Append('[');
                for (var i = 0; i < value.Count; i++)
                {
                    Separate(sink, i == 0, indent, level + 1);
                    AppendJson(sink, value.ItemAt(i), indent, level + 1);
                }

                Close(sink, ']', indent, level);
                break;
            case ValueKind.Object when value.Count == 0:
                sink.Append("{}");
                break;
            case ValueKind.Object:
                sink.Append('{');
                var first = true;
                foreach (var (name, member) in value.Members())
                {
                    Separate(sink, first, indent, level + 1);
                    AppendQuoted(sink, name);
                    sink.Append(indent > 0 ? ": " : ":");
                    AppendJson(sink, member, indent, level + 1);
                    first = false;
                }

                Close(sink, '}', indent, level);
                break;
            case ValueKind.Boolean or ValueKind.Integer or ValueKind.Number:
                Append(sink, value);
                break;
            default:
                sink.Append("null");
                break;
        }
    }

    /// <summary>A number as JSON writes it: shortest form that reads back the same, and no <c>.0</c> behind whole ones.</summary>
    public static string OfNumber(double number) =>
        number == Math.Floor(number) && Math.Abs(number) < 1e15
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);

    private static void AppendNumber(TextSink sink, Value value)
    {
        if (value.Kind == ValueKind.Integer)
        {
            sink.Append(value.AsInteger);
        }
        else
        {
            sink.Append(value.ExactNumber is { } exact ? exact.ToJsonString() : OfNumber(value.AsDouble));
        }
    }

    private static void Separate(TextSink sink, bool first, int indent, int level)
    {
        if (!first)
        {
            sink.Append(',');
        }

        NewLine(sink, indent, level);
    }

    private static void Close(TextSink sink, char bracket, int indent, int level)
    {
        NewLine(sink, indent, level);
        sink.Append(bracket);
    }

    private static void NewLine(TextSink sink, int indent, int level)
    {
        if (indent > 0)
        {
            sink.Append('\n');
            sink.Append(' ', indent * level);
        }
    }

    private static void AppendQuoted(TextSink sink, string text)
    {
        sink.Append('"');
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var plain = PlainLength(rest);
            sink.Append(rest[..plain]);
            if (plain == rest.Length)
            {
                break;
            }

            sink.Append(rest[plain] switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                var c => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
            });
            rest = rest[(plain + 1)..];
        }

        sink.Append('"');
    }

    private static int PlainLength(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < ' ' || c is '"' or '\\' or '\u2028' or '\u2029')
            {
                return i;
            }

            if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return i;
                }

                i++;
            }
        }

        return text.Length;
    }
}
