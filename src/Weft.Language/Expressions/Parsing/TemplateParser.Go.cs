using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Parsing;

/// <summary>The tags <c>{{ … }}</c>: an expression of either notation, or one of Go's statements.</summary>
internal sealed partial class TemplateParser
{
    private Ending? ParseBraces(List<Statement> statements, int tag)
    {
        if (_cursor.Looks("/*") || (char.IsWhiteSpace(_cursor.Current) && _cursor.Source.AsSpan(_cursor.At).TrimStart().StartsWith("/*")))
        {
            var end = _cursor.Source.IndexOf("*/", _cursor.At, StringComparison.Ordinal);
            _cursor.At = end < 0 ? throw _cursor.Fault("The comment is not closed by '*/'.", offset: tag) : end + 2;
            CloseTag(isGo: true);
            return null;
        }

        _cursor.SkipSpace();
        var at = _cursor.At;
        switch (_cursor.PeekName())
        {
            case "if":
                _cursor.At += 2;
                statements.Add(ParseGoIf(at));
                return null;
            case "range" when IsStatement("range"):
                statements.Add(ParseRange(at));
                return null;
            case "with" when IsStatement("with"):
                statements.Add(ParseGoWith(at));
                return null;
            case "else" or "end" when IsEnding():
                return new Ending(_cursor.ReadName(), IsGo: true, at);
            case "break" or "continue" when IsAlone() && _open.Exists(x => x.Word is "range" or "for"):
                statements.Add(ParseJump(_cursor.ReadName(), isGo: true, at));
                return null;
            case "define" or "template" or "block"
                when _cursor.Source.AsSpan(at + _cursor.PeekName().Length).TrimStart() is ['"', ..] or ['`', ..]:
                throw _cursor.Fault(
                    $"'{_cursor.PeekName()}' is not part of these templates: each stands alone.", TemplateErrorCodes.UnknownFunction, at);
        }

        if (_cursor.Current == '$' && TryParseAssignment(out var name, out var declares))
        {
            var value = _expressions.ParseWhole();
            CloseTag(isGo: true);
            statements.Add(new SetStatement(new LoopTarget([Slot(name, declares, at)], at), value, isSingle: true));
            return null;
        }

        if (_cursor.Looks("}}") || _cursor.Looks("-}}"))
        {
            throw _cursor.Fault("The braces are empty. Write an expression between them.", offset: tag);
        }

        var expression = _expressions.ParseWhole();
        CloseTag(isGo: true);
        statements.Add(new OutputStatement(expression));
        return null;
    }

    // 'range .xs' is a statement; 'range(3)', 'with.x' and 'with | f' are expressions.
    private bool IsStatement(string word)
    {
        var rest = _cursor.Source.AsSpan(_cursor.At + word.Length);
        var operand = rest.TrimStart();
        return rest.Length > operand.Length && !operand.IsEmpty
            && (SourceCursor.ContinuesName(operand[0]) || operand[0] is '.' or '$' or '(' or '"' or '`' or '[' or '{' or '\'')
            && !StartsWithWord(operand);

        static bool StartsWithWord(ReadOnlySpan<char> text)
        {
            foreach (var keyword in (ReadOnlySpan<string>)["is ", "in ", "and ", "or ", "if "])
            {
                if (text.StartsWith(keyword))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private bool IsEnding() => _cursor.PeekName() == "else"
        ? _open.Count > 0
        : IsAlone() && _open.Count > 0 && (_open[^1].IsGo || !_open.TrueForAll(x => !x.IsGo));

    private bool IsAlone()
    {
        var rest = _cursor.Source.AsSpan(_cursor.At + _cursor.PeekName().Length).TrimStart();
        return rest.StartsWith("}}") || rest.StartsWith("-}}");
    }

    private bool TryParseAssignment(out string name, out bool declares)
    {
        var start = _cursor.At;
        _cursor.At++;
        name = "$" + _cursor.ReadName();
        _cursor.SkipSpace();
        declares = _cursor.Take(":=");
        if (name.Length > 1 && (declares || (_cursor.Current == '=' && _cursor.Peek() != '=')))
        {
            if (!declares)
            {
                _cursor.At++;
            }

            return true;
        }

        _cursor.At = start;
        return false;
    }

    private int Slot(string name, bool declares, int at)
    {
        if (declares)
        {
            return _locals.Declare(name, inLoop: false);
        }

        var slots = _locals.Find(name).ToList();
        return slots.Count > 0
            ? slots[^1]
            : throw _cursor.Fault(
                $"The variable '{name}' is not declared here. Declare it with '{name} := …'.", TemplateErrorCodes.UnknownPath, at);
    }

    /// <summary>Reads what an <c>if</c> or a <c>with</c> looks at, and the variable it may be given to.</summary>
    private (Expr Expression, int Slot) ParseSubject()
    {
        _cursor.SkipSpace();
        var at = _cursor.At;
        if (_cursor.Current == '$' && TryParseAssignment(out var name, out var declares))
        {
            var value = _expressions.ParseWhole();
            return (value, Slot(name, declares, at));
        }

        return (_expressions.ParseWhole(), -1);
    }

    private Block ParseGoIf(int at)
    {
        var branches = new List<(Expr, Statement)>();
        Statement otherwise = Block.Empty;
        _locals.Open(isLoop: false);
        Open("if", isGo: true, at);
        var (condition, slot) = ParseSubject();
        CloseTag(isGo: true);
        while (true)
        {
            _locals.Open(isLoop: false);
            var (body, ending) = ParseBody("else", "end");
            _locals.Close();
            branches.Add((slot < 0 ? condition : new AssignExpr(slot, condition), body));
            if (ending.Word == "else" && _cursor.TakeWord("if"))
            {
                (condition, slot) = ParseSubject();
                CloseTag(isGo: true);
                continue;
            }

            CloseTag(isGo: true);
            if (ending.Word == "else")
            {
                _locals.Open(isLoop: false);
                (otherwise, _) = ParseBody("end");
                _locals.Close();
                CloseTag(isGo: true);
            }

            _locals.Close();
            Close();
            return new Block([new IfStatement([.. branches], otherwise)]);
        }
    }

    private RangeStatement ParseRange(int at)
    {
        _cursor.At += "range".Length;
        _cursor.SkipSpace();
        var start = _cursor.At;
        var names = RangeNames();
        if (names.Count == 0)
        {
            _cursor.At = start;
        }

        var iterable = _expressions.ParseWhole();
        CloseTag(isGo: true);
        Open("range", isGo: true, at);
        _locals.Open(isLoop: true);
        var key = names.Count == 2 ? _locals.Declare(names[0], inLoop: false) : -1;
        var item = names.Count > 0 ? _locals.Declare(names[^1], inLoop: false) : -1;
        var first = _locals.Count;
        _expressions.DotBlocks++;
        var (body, ending) = ParseBody("else", "end");
        _expressions.DotBlocks--;
        var slots = Enumerable.Range(first, _locals.Count - first).ToArray();
        _locals.Close();
        return new RangeStatement(iterable, key, item, body, ParseGoElse(ending), slots);
    }

    private List<string> RangeNames()
    {
        var names = new List<string>();
        do
        {
            _cursor.SkipSpace();
            if (_cursor.Current != '$')
            {
                return [];
            }

            _cursor.At++;
            names.Add("$" + _cursor.ReadName());
            _cursor.SkipSpace();
        }
        while (names.Count < 2 && _cursor.Take(","));

        return _cursor.Take(":=") ? names : [];
    }

    private Block ParseGoWith(int at)
    {
        _cursor.At += "with".Length;
        _locals.Open(isLoop: false);
        var (expression, slot) = ParseSubject();
        CloseTag(isGo: true);
        Open("with", isGo: true, at);
        _expressions.DotBlocks++;
        var (body, ending) = ParseBody("else", "end");
        _expressions.DotBlocks--;
        var statement = new WithStatement(expression, slot, body, ParseGoElse(ending));
        _locals.Close();
        return new Block([statement]);
    }

    private Statement ParseGoElse(Ending ending)
    {
        Statement otherwise = Block.Empty;
        if (ending.Word == "else" && _cursor.TakeWord("with"))
        {
            _cursor.At -= "with".Length;
            Close();
            return ParseGoWith(ending.Offset);
        }

        CloseTag(isGo: true);
        if (ending.Word == "else")
        {
            (otherwise, _) = ParseBody("end");
            CloseTag(isGo: true);
        }

        Close();
        return otherwise;
    }
}
