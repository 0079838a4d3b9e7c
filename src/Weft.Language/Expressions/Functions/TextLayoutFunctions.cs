using System.Text;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Functions;

/// <summary>How texts are cut, indented, padded and wrapped.</summary>
internal static class TextLayoutFunctions
{
    public static IReadOnlyList<Function> All { get; } =
    [
        new("truncate", "text, length?, killwords?, end?, leeway?",
            "Cut to `length` (255) characters, `end` (\"...\") included, at a word unless `killwords`. A text that is up to `leeway` (0) "
            + "longer stays whole.", Truncate),
        new("trunc", "text, length", "The first `length` characters; with a negative length, the last. Go form: `trunc length text`.",
            Trunc) { Order = GoOrder.ValueLast },
        new("abbrev", "text, width", "Cut to `width` characters with an ellipsis of three dots. Go form: `abbrev width text`.",
            a => Value.Of(Cut(a.Text(0), a.Size(1), "..."))) { Order = GoOrder.ValueLast },
        new("substr", "text, start, end?", "The characters from `start` up to, without, `end`. Go form: `substr start end text`.",
            Substring) { Order = GoOrder.ValueLast },
        new("initials", "text", "The first letters of the words.",
            a => Value.Of(string.Concat(a.Text(0).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(x => x[0])))),
        new("indent", "text, width?, first?, blank?",
            "Each line but the first, or with `first` all, moved right by `width` (4) spaces or by a text. Go form: `indent width text`, "
            + "with the first line.", a => Indent(a, a.Flag(2)))
            { InGo = "indentAll" },
        new("indentAll", "text, width?", "The Go form of `indent`.", a => Indent(a, true)) { Order = GoOrder.ValueLast, IsHidden = true },
        new("nindent", "text, width?", "As `indent` of all lines, with a line break before. Go form: `nindent width text`.",
            a => Value.Of("\n" + Indent(a, true).AsText)) { Order = GoOrder.ValueLast },
        new("center", "text, width?", "With spaces on both sides up to `width` (80).", a => Pad(a, 0)),
        new("ljust", "text, width, fill?", "With spaces, or `fill`, behind up to `width`.",
            a => Pad(a, 1)) { Aliases = ["padRight", "pad_right"] },
        new("rjust", "text, width, fill?", "With spaces, or `fill`, before up to `width`.",
            a => Pad(a, -1)) { Aliases = ["padLeft", "pad_left"] },
        new("zfill", "text, width", "With zeros before up to `width`.", ZeroFill),
        new("wordwrap", "text, width?",
            "With line breaks at words so that no line is longer than `width` (79). Go form: `wrap width text`.",
            a => Value.Of(Wrap(a, a.Text(0), Math.Max(a.Size(1, 79), 1)))),
        new("wrap", "text, width", "The Go form of `wordwrap`.",
            a => Value.Of(Wrap(a, a.Text(0), Math.Max(a.Size(1), 1)))) { Order = GoOrder.ValueLast },
        new("wordcount", "text", "The number of words.", a => Value.Of((long)WordCount(a.Text(0)))),
        new("striptags", "text", "Without HTML tags and comments, white space folded.", a => Value.Of(StripTags(a.Text(0)))),
    ];

    private static Value Truncate(Arguments a)
    {
        var text = a.Text(0);
        var length = a.Size(1, 255);
        var end = a.Text(3, "...");
        if (CodePoints.Count(text) <= (long)length + a.Size(4))
        {
            return Value.Of(text);
        }

        var cut = CodePoints.Slice(text, 0, Math.Max(length - CodePoints.Count(end), 0), 1);
        if (!a.Flag(2))
        {
            var space = cut.LastIndexOf(' ');
            cut = space > 0 ? cut[..space] : cut;
        }

        return Value.Of(cut + end);
    }

    private static Value Trunc(Arguments a)
    {
        var length = a.Integer(1);
        return Value.Of(length >= 0 ? CodePoints.Slice(a.Text(0), 0, length, 1) : CodePoints.Slice(a.Text(0), length, null, 1));
    }

    private static string Cut(string text, int width, string end) =>
        CodePoints.Count(text) <= width || width <= end.Length ? text : CodePoints.Slice(text, 0, width - end.Length, 1) + end;

    private static Value Substring(Arguments a)
    {
        // Sprig's form, 'substr start end text', arrives as (text, start, end); a negative end is open there.
        var start = Math.Max(a.Integer(1), 0);
        var end = a.Integer(2, -1);
        return Value.Of(CodePoints.Slice(a.Text(0), start, end < 0 ? null : end, 1));
    }

    private static Value Indent(Arguments a, bool first)
    {
        var text = a.Text(0);
        var width = a[1].IsText ? a.Text(1) : new string(' ', Math.Min(a.Size(1, 4), 1000));
        var lines = text.Split('\n');
        a.Context.AllowText(text.Length + ((long)lines.Length * width.Length));
        var result = new StringBuilder(text.Length + (lines.Length * width.Length));
        for (var i = 0; i < lines.Length; i++)
        {
            var isIndented = i == 0 ? first : lines[i].Length > 0 || a.Flag(3);
            result.Append(i == 0 ? "" : "\n").Append(isIndented ? width : "").Append(lines[i]);
        }

        return Value.Of(result.ToString());
    }

    private static Value Pad(Arguments a, int side)
    {
        var text = a.Text(0);
        var fill = a.Text(2, " ");
        var width = a.Size(1, 80);
        var missing = width - CodePoints.Count(text);
        if (missing <= 0 || fill.Length == 0)
        {
            return Value.Of(text);
        }

        a.Context.AllowText(width);
        var left = side < 0 ? missing : side > 0 ? 0 : missing / 2;
        return Value.Of(new string(fill[0], left) + text + new string(fill[0], missing - left));
    }

    private static Value ZeroFill(Arguments a)
    {
        var text = a.Text(0);
        var missing = a.Size(1) - text.Length;
        a.Context.AllowText(a.Size(1));
        var sign = text.StartsWith('-') || text.StartsWith('+') ? text[..1] : "";
        return Value.Of(missing <= 0 ? text : sign + new string('0', missing) + text[sign.Length..]);
    }

    private static string Wrap(Arguments a, string text, int width)
    {
        a.Context.AllowText(text.Length * 2L);
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                }

                line.Append(line.Length > 0 ? " " : "").Append(word);
            }

            lines.Add(line.ToString());
        }

        return string.Join('\n', lines);
    }

    private static int WordCount(string text)
    {
        var count = 0;
        var inWord = false;
        foreach (var c in text)
        {
            var isWord = char.IsLetterOrDigit(c) || c is '_' or '\'';
            count += isWord && !inWord ? 1 : 0;
            inWord = isWord;
        }

        return count;
    }

    private static string StripTags(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '<')
            {
                var isComment = string.CompareOrdinal(text, at, "<!--", 0, 4) == 0;
                var end = isComment ? text.IndexOf("-->", at, StringComparison.Ordinal) : text.IndexOf('>', at);
                if (end >= 0)
                {
                    at = isComment ? end + 2 : end;
                    continue;
                }
            }

            result.Append(text[at]);
        }

        return string.Join(' ', result.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
