using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Parsing;

/// <summary>Lists, objects, parentheses and comprehensions.</summary>
internal sealed partial class ExpressionParser
{
    private Expr ParseParentheses(int at)
    {
        cursor.At++;
        cursor.SkipSpace();
        if (cursor.Take(")"))
        {
            return new ListExpr([], at);
        }

        var first = Parse();
        if (cursor.TakeWord("for"))
        {
            return ParseComprehension(first, at, ')', at + 1);
        }

        cursor.SkipSpace();
        if (cursor.Current != ',')
        {
            Expect(')');
            return first;
        }

        return new ListExpr(ParseItems([first], ')'), at);
    }

    private Expr ParseList(int at)
    {
        cursor.At++;
        cursor.SkipSpace();
        if (cursor.Take("]"))
        {
            return new ListExpr([], at);
        }

        var first = Parse();
        return cursor.TakeWord("for") ? ParseComprehension(first, at, ']', at + 1) : new ListExpr(ParseItems([first], ']'), at);
    }

    private Expr[] ParseItems(List<Expr> items, char close)
    {
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.Current == close)
            {
                cursor.At++;
                return [.. items];
            }

            if (!cursor.Take(","))
            {
                throw cursor.Fault($"Expected ',' or '{close}', but found {cursor.Found()}.");
            }

            cursor.SkipSpace();
            if (cursor.Current != close)
            {
                items.Add(Parse());
            }
        }
    }

    private Expr ParseObject(int at)
    {
        cursor.At++;
        var members = new List<(Expr, Expr)>();
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.Take("}"))
            {
                return new ObjectExpr([.. members], at);
            }

            var name = Parse();
            cursor.SkipSpace();
            if (members.Count == 0 && cursor.Current == ',')
            {
                // Python's set, which serves as a list here: 'x in {"a", "b"}'.
                return new ListExpr(ParseItems([name], '}'), at);
            }

            Expect(':');
            members.Add((name, Parse()));
            cursor.SkipSpace();
            if (!cursor.Take(",") && cursor.Current != '}')
            {
                throw cursor.Fault($"Expected ',' or '}}', but found {cursor.Found()}.");
            }
        }
    }

    /// <summary>
    /// Reads <c>for x in xs if c</c> behind its element, which was read before its names were known: it is read again.
    /// </summary>
    private ComprehensionExpr ParseComprehension(Expr element, int at, char close, int elementAt)
    {
        var names = ParseTargetNames();
        if (!cursor.TakeWord("in"))
        {
            throw cursor.Fault($"Expected 'in', but found {cursor.Found()}.");
        }

        var iterable = ParseOr();
        locals.Open(isLoop: true);
        var target = new LoopTarget([.. names.Select(locals.DeclareLoop)], at);
        var condition = cursor.TakeWord("if") ? ParseOr() : null;
        Expect(close);
        var end = cursor.At;
        cursor.At = elementAt;
        if (++_comprehensions > 4)
        {
            throw cursor.Fault("Comprehensions are nested too deeply.", TemplateErrorCodes.Limit);
        }

        element = Parse();
        _comprehensions--;
        cursor.At = end;
        locals.Close();
        return new ComprehensionExpr(element, target, iterable, condition, at);
    }

    public List<string> ParseTargetNames()
    {
        cursor.SkipSpace();
        var isWrapped = cursor.Take("(");
        var names = new List<string>();
        do
        {
            cursor.SkipSpace();
            var name = cursor.ReadName();
            if (name.Length == 0 || char.IsAsciiDigit(name[0]) || Array.IndexOf(Keywords, name) >= 0)
            {
                throw cursor.Fault($"Expected a name, but found {(name.Length == 0 ? cursor.Found() : $"'{name}'")}.");
            }

            names.Add(name);
            cursor.SkipSpace();
        }
        while (cursor.Take(","));

        if (isWrapped)
        {
            Expect(')');
        }

        return names;
    }
}
