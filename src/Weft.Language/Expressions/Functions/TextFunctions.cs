using System.Globalization;
using System.Text;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>Case, edges, parts and formats of texts.</summary>
internal static class TextFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("upper", "text", "In capitals.", a => Value.Of(a.Text(0).ToUpperInvariant())),
        new("lower", "text", "In small letters.", a => Value.Of(a.Text(0).ToLowerInvariant())) { Aliases = ["casefold"] },
        new("title", "text", "Each word with a capital, the rest small.", a => Value.Of(Title(a.Text(0)))),
        new("capitalize", "text", "The first letter a capital, the rest small.", a => Value.Of(Capitalize(a.Text(0)))),
        new("swapcase", "text", "Capitals small, small letters capitals.",
            a => Value.Of(string.Concat(a.Text(0).Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))))),
        new("untitle", "text", "Each word with a small first letter.",
            a => Value.Of(Words(a.Text(0), (c, first) => first ? char.ToLowerInvariant(c) : c))),
        new("snakecase", "text", "`someName` and `some name` as `some_name`.", a => Value.Of(Snake(a.Text(0), '_'))),
        new("kebabcase", "text", "`someName` and `some name` as `some-name`.", a => Value.Of(Snake(a.Text(0), '-'))),
        new("camelcase", "text", "`some_name` and `some name` as `SomeName`.", a => Value.Of(Camel(a.Text(0)))),
        new("trim", "text, characters?", "Without white space, or the given characters, at both ends.", a => Value.Of(Trim(a, -1, 1))),
        new("trimLeft", "text, characters?", "Without white space, or the given characters, at its start.",
            a => Value.Of(Trim(a, -1, -1))) { Aliases = ["lstrip"] },
        new("trimRight", "text, characters?", "Without white space, or the given characters, at its end.",
            a => Value.Of(Trim(a, 1, 1))) { Aliases = ["rstrip"] },
        new("trimAll", "text, characters", "Without the given characters at both ends. Go form: `trimAll characters text`.",
            a => Value.Of(a.Text(0).Trim(a.Text(1).ToCharArray()))) { Order = GoOrder.ValueLast },
        new("trimPrefix", "text, prefix", "Without that start. Go form: `trimPrefix prefix text`.",
            a => Value.Of(a.Text(0).StartsWith(a.Text(1), StringComparison.Ordinal) ? a.Text(0)[a.Text(1).Length..] : a.Text(0)))
            { Order = GoOrder.ValueLast, Aliases = ["removeprefix"] },
        new("trimSuffix", "text, suffix", "Without that end. Go form: `trimSuffix suffix text`.",
            a => Value.Of(a.Text(0).EndsWith(a.Text(1), StringComparison.Ordinal) ? a.Text(0)[..^a.Text(1).Length] : a.Text(0)))
            { Order = GoOrder.ValueLast, Aliases = ["removesuffix"] },
        new("nospace", "text", "Without any white space.", a => Value.Of(string.Concat(a.Text(0).Where(c => !char.IsWhiteSpace(c))))),
        new("replace", "text, old, new, count?", "With `old` replaced by `new`, at most `count` times. Go form: `replace old new text`.",
            Replace) { Order = GoOrder.ValueLast },
        new("split", "text, separator?, most?",
            "The parts between separators, as a list; by white space when none is given. Go form: `split separator text`.", Split)
            { Order = GoOrder.ValueLast, Aliases = ["splitList"] },
        new("splitlines", "text", "The lines, as a list.", a => Lines(a, a.Text(0))) { Aliases = ["lines"] },
        new("joinWith", "separator, values", "The method form of `join`: `\", \".join(xs)`.",
            a => Join(a, a.Items(1), a.Text(0))) { IsHidden = true, PassesSecrets = true },
        new("join", "values, separator?, attribute?",
            "The items as one text, with the separator between; of objects, one of their fields. Go form: `join separator values`.",
            a => Join(a, a.Has(2) ? Attributes.Pick(a, a.Items(0), a.Text(2)) : a.Items(0), a.Text(1, "")))
            { Order = GoOrder.ValueLast, PassesSecrets = true },
        new("repeat", "text, count", "The text over and over. Go form: `repeat count text`.",
            a => Arithmetic.Repeat(a.Context, a.Text(0), a.Integer(1))) { Order = GoOrder.ValueLast },
        new("cat", "values…", "The values with spaces between.",
            a => Value.Of(string.Join(' ', a.All.Where(x => !x.IsNothing).Select(a.Context.TextOf)))) { PassesSecrets = true },
        new("print", "values…", "The values one after the other, as Go's print: a space between two that are both no text.",
            a => Value.Of(Print(a))) { PassesSecrets = true },
        new("println", "values…", "The values with spaces between and a line break behind.",
            a => Value.Of(string.Join(' ', a.All.Select(a.Context.TextOf)) + "\n")) { PassesSecrets = true },
        new("printf", "format, values…", "The values in a format: `%s %d %f %.2f %v %q %x %t %5d %-8s %%`.",
            a => Value.Of(PrintfFormat.Apply(a.Context, a.Text(0), a.All.AsSpan(1))))
            {
                Aliases = ["format", "sprintf"],
                PassesSecrets = true,
            },
        new("formatBraces", "format, values…", "The method form of a format: `\"{} of {1}\".format(a, b)`.",
            a => Value.Of(PrintfFormat.Braces(a.Context, a.Text(0), a.All.AsSpan(1)))) { IsHidden = true, PassesSecrets = true },
        new("string", "value", "As text.", a => Value.Of(a.Context.TextOf(a[0])))
        {
            Aliases = ["str", "toString", "to_string"],
            PassesSecrets = true,
        },
        new("quote", "values…", "Each value in double quotes, as JSON writes it.",
            a => Value.Of(
                string.Join(' ',
                    a.All.Where(x => !x.IsNothing).Select(
                        x => ValueText.JsonOf(Value.Of(a.Context.TextOf(x)), 0, a.Context.Limits.OutputLength))))),
        new("squote", "values…", "Each value in single quotes.",
            a => Value.Of(string.Join(' ', a.All.Where(x => !x.IsNothing).Select(x => $"'{a.Context.TextOf(x)}'")))) { PassesSecrets =
                true },
        new("plural", "one, many, count", "`one` for a count of 1, else `many`.", a => Value.Of(a.Integer(2) == 1 ? a.Text(0) : a.Text(1))),
        new("pluralize", "count, singular?, plural?", "`plural` (\"s\") for a count other than 1.",
            a => Value.Of((a[0].IsNumber ? a.Integer(0) : a[0].Count) == 1 ? a.Text(1, "") : a.Text(2, "s"))),
    ];

    public static Value Lines(Arguments a, string text)
    {
        string[] lines = text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');
        a.Context.AllowItems(lines.Length);
        return Value.Of(lines.Select(Value.Of).ToArray());
    }

    private static string Capitalize(string text) =>
        text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    private static string Title(string text) =>
        Words(text, (c, first) => first ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c));

    private static string Words(string text, Func<char, bool, char> change)
    {
        var result = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var c in text)
        {
            result.Append(char.IsLetterOrDigit(c) || c == '\'' ? change(c, !inWord) : c);
            inWord = char.IsLetterOrDigit(c) || c == '\'';
        }

        return result.ToString();
    }

    private static string Snake(string text, char separator)
    {
        var result = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (!char.IsLetterOrDigit(c))
            {
                if (result.Length > 0 && result[^1] != separator)
                {
                    result.Append(separator);
                }
            }
            else
            {
                var startsWord = char.IsUpper(c) && i > 0
                    && (char.IsLower(text[i - 1]) || (i + 1 < text.Length && char.IsLower(text[i + 1]) && char.IsUpper(text[i - 1])));
                if (startsWord && result.Length > 0 && result[^1] != separator)
                {
                    result.Append(separator);
                }

                result.Append(char.ToLowerInvariant(c));
            }
        }

        return result.ToString().TrimEnd(separator);
    }

    private static string Camel(string text) =>
        string.Concat(text.Split(['_', '-', ' '], StringSplitOptions.RemoveEmptyEntries).Select(x => char.ToUpperInvariant(x[0]) + x[1..]));

    private static string Trim(Arguments a, int from, int to)
    {
        var characters = a.Has(1) ? a.Text(1).ToCharArray() : null;
        var text = a.Text(0);
        text = from < 0 ? text.TrimStart(characters) : text;
        return to > 0 ? text.TrimEnd(characters) : text;
    }

    private static Value Replace(Arguments a)
    {
        var (text, old, replacement) = (a.Text(0), a.Text(1), a.Text(2));
        var most = a.Integer(3, -1);
        if (old.Length == 0)
        {
            return Value.Of(text);
        }

        using var sink = new TextSink(a.Context.Limits.OutputLength);
        var at = 0;
        for (var next = text.IndexOf(old, StringComparison.Ordinal); next >= 0
            && most != 0; next = text.IndexOf(old, at, StringComparison.Ordinal))
        {
            sink.Append(text.AsSpan(at, next - at));
            sink.Append(replacement);
            at = next + old.Length;
            most--;
            a.Context.Budget.Spend();
        }

        sink.Append(text.AsSpan(at));
        return Value.OfData(sink.ToString());
    }

    private static Value Split(Arguments a)
    {
        var text = a.Text(0);
        var separator = a.Text(1, "");
        var most = (int)Math.Clamp(a.Integer(2, -1), -1, int.MaxValue - 1);
        string[] parts = separator.Length == 0
            ? text.Split((char[]?)null, most < 0 ? int.MaxValue : most + 1, StringSplitOptions.RemoveEmptyEntries)
            : text.Split(separator, most < 0 ? int.MaxValue : most + 1);
        a.Context.AllowItems(parts.Length);
        return Value.Of(parts.Select(Value.Of).ToArray());
    }

    private static Value Join(Arguments a, Value[] items, string separator)
    {
        using var sink = new TextSink(a.Context.Limits.OutputLength);
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
            {
                sink.Append(separator);
            }

            a.Context.Budget.Spend();
            ValueText.Append(sink, a.Context.Require(items[i]));
        }

        a.Context.AllowText(sink.Length);
        return Value.Of(sink.ToString());
    }

    private static string Print(Arguments a)
    {
        using var sink = new TextSink(a.Context.Limits.OutputLength);
        for (var i = 0; i < a.Count; i++)
        {
            if (i > 0 && !a[i].IsText && !a[i - 1].IsText)
            {
                sink.Append(' ');
            }

            ValueText.Append(sink, a[i]);
        }

        return sink.ToString();
    }
}
