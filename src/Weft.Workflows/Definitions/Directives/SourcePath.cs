using System.Text;

namespace Weft.Workflows.Definitions.Directives;

/// <summary>One part of a path.</summary>
internal abstract record PathPart
{
    /// <summary>A key of a mapping, or a place in a list.</summary>
    internal sealed record Name(string Text) : PathPart;

    /// <summary><c>#</c>: the number of items at the end of a path, else every item.</summary>
    internal sealed record Each : PathPart;

    /// <summary><c>#(…)</c>: the first item that meets all tests; <c>#(…)#</c>: all that do.</summary>
    internal sealed record Where(IReadOnlyList<PathTest> Tests, bool All) : PathPart;
}

/// <summary>A test of an item: <c>id=="greeter"</c>.</summary>
internal sealed record PathTest(string Key, string Operator, string Value);

/// <summary>A path as GJSON writes it: <c>agents.#(id=="greeter").instructions</c>. Tests may be joined by <c>&amp;&amp;</c>.</summary>
internal sealed record SourcePath(string Text, IReadOnlyList<PathPart> Parts)
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "=", "<", ">"];

    /// <summary>Reads a path, or says what is wrong with it.</summary>
    public static SourcePath? TryParse(string text, out string fault)
    {
        fault = "";
        var parts = new List<PathPart>();
        var at = 0;
        while (at <= text.Length)
        {
            if (at < text.Length && text[at] == '#')
            {
                at++;
                if (at < text.Length && text[at] == '(')
                {
                    var end = EndOfTest(text, at);
                    if (end < 0)
                    {
                        fault = "a ')' is missing";
                        return null;
                    }

                    if (Tests(text[(at + 1)..end]) is not { } tests)
                    {
                        fault = $"'{text[(at + 1)..end]}' is no test such as id==\"name\"";
                        return null;
                    }

                    at = end + 1;
                    var all = at < text.Length && text[at] == '#';
                    at += all ? 1 : 0;
                    parts.Add(new PathPart.Where(tests, all));
                }
                else
                {
                    parts.Add(new PathPart.Each());
                }
            }
            else
            {
                var name = TakeName(text, ref at);
                if (name.Length == 0)
                {
                    fault = text.Length == 0 ? "it is empty" : "a name is missing between two dots";
                    return null;
                }

                parts.Add(new PathPart.Name(name));
            }

            if (at == text.Length)
            {
                return new SourcePath(text, parts);
            }

            if (text[at] is not ('.' or '|'))
            {
                fault = $"a '.' is missing before '{text[at..]}'";
                return null;
            }

            at++;
        }

        fault = "it ends with a dot";
        return null;
    }

    private static string TakeName(string text, ref int at)
    {
        var name = new StringBuilder();
        while (at < text.Length && text[at] is not ('.' or '|'))
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            name.Append(text[at++]);
        }

        return name.ToString();
    }

    private static int EndOfTest(string text, int open)
    {
        var quote = '\0';
        for (var i = open + 1; i < text.Length; i++)
        {
            if (quote != '\0')
            {
                quote = text[i] == quote ? '\0' : quote;
            }
            else if (text[i] is '"' or '\'')
            {
                quote = text[i];
            }
            else if (text[i] == ')')
            {
                return i;
            }
        }

        return -1;
    }

    private static List<PathTest>? Tests(string text)
    {
        var tests = new List<PathTest>();
        foreach (var part in SplitAnd(text))
        {
            var at = part.IndexOfAny(['=', '!', '<', '>']);
            var op = at <= 0 ? null : Operators.FirstOrDefault(o => part.AsSpan(at).StartsWith(o));
            if (op is null)
            {
                return null;
            }

            var value = part[(at + op.Length)..].Trim();
            if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
            {
                value = value[1..^1];
            }

            tests.Add(new PathTest(part[..at].Trim(), op == "=" ? "==" : op, value));
        }

        return tests;
    }

    private static IEnumerable<string> SplitAnd(string text)
    {
        var quote = '\0';
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (quote != '\0')
            {
                quote = text[i] == quote ? '\0' : quote;
            }
            else if (text[i] is '"' or '\'')
            {
                quote = text[i];
            }
            else if (text[i] == '&' && i + 1 < text.Length && text[i + 1] == '&')
            {
                yield return text[start..i].Trim();
                start = i + 2;
                i++;
            }
        }

        yield return text[start..].Trim();
    }
}
