using Weft.Language.Expressions.Values;
using static Weft.Language.Expressions.Jmes.JmesTypes;

namespace Weft.Language.Expressions.Jmes;

/// <summary>The functions of texts that were added to the specification.</summary>
internal static class JmesTextFunctions
{
    private const int TextLimit = 4 * 1024 * 1024;

    public static JmesFunction[] All { get; } =
    [
        new("find_first", [JmesTypes.String, JmesTypes.String, Number, Number], 2, 4, c => Find(c, first: true)),
        new("find_last", [JmesTypes.String, JmesTypes.String, Number, Number], 2, 4, c => Find(c, first: false)),
        new("lower", [JmesTypes.String], 1, 1, c => Value.Of(c.Text(0).ToLowerInvariant())),
        new("upper", [JmesTypes.String], 1, 1, c => Value.Of(c.Text(0).ToUpperInvariant())),
        new("trim", [JmesTypes.String, JmesTypes.String], 1, 2, c => Value.Of(c.Text(0).Trim(Characters(c)))),
        new("trim_left", [JmesTypes.String, JmesTypes.String], 1, 2, c => Value.Of(c.Text(0).TrimStart(Characters(c)))),
        new("trim_right", [JmesTypes.String, JmesTypes.String], 1, 2, c => Value.Of(c.Text(0).TrimEnd(Characters(c)))),
        new("pad_left", [JmesTypes.String, Number, JmesTypes.String], 2, 3, c => Pad(c, left: true)),
        new("pad_right", [JmesTypes.String, Number, JmesTypes.String], 2, 3, c => Pad(c, left: false)),
        new("replace", [JmesTypes.String, JmesTypes.String, JmesTypes.String, Number], 3, 4, Replace),
        new("split", [JmesTypes.String, JmesTypes.String, Number], 2, 3, Split),
    ];

    // An empty set of characters is white space, as leaving it out is.
    private static char[]? Characters(JmesCall c) => c.Count > 1 && c.Text(1).Length > 0 ? c.Text(1).ToCharArray() : null;

    private static Value Find(JmesCall c, bool first)
    {
        var (text, part) = (CodePoints.Split(c.Text(0)), c.Text(1));
        c.Context.Budget.Spend(text.Count);
        if (part.Length == 0 || text.Count == 0)
        {
            return Value.Null;
        }

        var start = Bound(c.Integer(2) ?? 0, text.Count);
        var end = Bound(c.Integer(3) ?? text.Count, text.Count);
        if (start >= end)
        {
            return Value.Null;
        }

        var within = string.Concat(text[start..end]);
        var at = first ? within.IndexOf(part, StringComparison.Ordinal) : within.LastIndexOf(part, StringComparison.Ordinal);
        return at < 0 ? Value.Null : Value.Of((long)start + CodePoints.Count(within[..at]));

        static int Bound(long value, int length) => (int)Math.Clamp(value < 0 ? value + length : value, 0, length);
    }

    private static Value Pad(JmesCall c, bool left)
    {
        var width = NotNegative(c, 1) ?? 0;
        var fill = c.Count > 2 ? c.Text(2) : " ";
        if (CodePoints.Count(fill) != 1)
        {
            throw c.Fault("invalid-value", "A text is padded with one character.");
        }

        if (width > TextLimit)
        {
            throw c.Fault("limit", "The text grows too long.");
        }

        var missing = (int)width - CodePoints.Count(c.Text(0));
        if (missing <= 0)
        {
            return c[0];
        }

        c.Context.Budget.Spend(width / 16);
        var padding = string.Concat(Enumerable.Repeat(fill, missing));
        return Value.Of(left ? padding + c.Text(0) : c.Text(0) + padding);
    }

    private static Value Replace(JmesCall c)
    {
        var (text, old, replacement) = (c.Text(0), c.Text(1), c.Text(2));
        var most = NotNegative(c, 3) ?? int.MaxValue;
        if (old.Length == 0)
        {
            return c[0];
        }

        using var sink = new TextSink(TextLimit);
        var at = 0;
        for (var next = text.IndexOf(old, StringComparison.Ordinal); next >= 0
            && most-- > 0; next = text.IndexOf(old, at, StringComparison.Ordinal))
        {
            c.Context.Budget.Spend();
            sink.Append(text.AsSpan(at, next - at));
            sink.Append(replacement);
            at = next + old.Length;
        }

        sink.Append(text.AsSpan(at));
        return Value.Of(sink.ToString());
    }

    private static Value Split(JmesCall c)
    {
        var (text, separator) = (c.Text(0), c.Text(1));
        var most = (int)(NotNegative(c, 2) ?? int.MaxValue - 1);
        c.Context.Budget.Spend(text.Length);
        if (text.Length == 0)
        {
            return Value.EmptyList;
        }

        if (separator.Length > 0)
        {
            return Value.Of(text.Split(separator, Math.Min(most, int.MaxValue - 1) + 1).Select(Value.Of).ToArray());
        }

        var characters = CodePoints.Split(text);
        var parts = characters.Take(most).ToList();
        if (characters.Count > most)
        {
            parts.Add(string.Concat(characters.Skip(most)));
        }

        return Value.Of(parts.Select(Value.Of).ToArray());
    }

    private static long? NotNegative(JmesCall c, int index) => c.Integer(index) switch
    {
        < 0 => throw c.Fault("invalid-value", $"Argument {index + 1} can't be negative."),
        var number => number,
    };
}
