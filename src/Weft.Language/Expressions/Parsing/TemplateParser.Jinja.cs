using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Parsing;

/// <summary>The tags <c>{% … %}</c>.</summary>
internal sealed partial class TemplateParser
{
    private static readonly string[] JinjaTags = ["if", "for", "set", "with", "filter", "raw", "break", "continue"];
    private static readonly string[] JinjaEndings = ["elif", "else", "endif", "endfor", "endset", "endwith", "endfilter"];

    private Ending? ParseJinjaTag(List<Statement> statements)
    {
        _cursor.SkipSpace();
        var at = _cursor.At;
        var word = _cursor.ReadName();
        switch (word)
        {
            case "if":
                statements.Add(ParseJinjaIf(at));
                return null;
            case "for":
                statements.Add(ParseFor(at));
                return null;
            case "set":
                statements.Add(ParseSet(at));
                return null;
            case "with":
                ParseJinjaWith(statements, at);
                return null;
            case "filter":
                statements.Add(ParseFilterBlock(at));
                return null;
            case "raw":
                ParseRaw(statements, at);
                return null;
            case "break" or "continue":
                statements.Add(ParseJump(word, isGo: false, at));
                return null;
            case "macro" or "include" or "extends" or "import" or "from" or "block" or "call" or "do" or "autoescape" or "trans":
                throw _cursor.Fault(
                    $"'{{% {word} %}}' is not part of these templates: each stands alone. Tags: {string.Join(", ", JinjaTags)}.",
                    TemplateErrorCodes.UnknownFunction, at);
        }

        if (Array.IndexOf(JinjaEndings, word) < 0)
        {
            throw word.Length == 0
                ? _cursor.Fault($"Expected the name of a tag, but found {_cursor.Found()}.")
                : _cursor.Fault($"There is no tag '{word}'.{NearMiss.HintOrList(word, [.. JinjaTags, .. JinjaEndings], "Tags", 20)}",
                    TemplateErrorCodes.UnknownFunction, at);
        }

        if (_open.Count == 0)
        {
            throw _cursor.Fault($"'{word}' belongs to no open block.", offset: at);
        }

        return new Ending(word, IsGo: false, at);
    }

    private IfStatement ParseJinjaIf(int at)
    {
        var branches = new List<(Expr, Statement)>();
        Statement otherwise = Block.Empty;
        var condition = _expressions.ParseWhole();
        CloseTag(isGo: false);
        Open("if", isGo: false, at);
        while (true)
        {
            var (body, ending) = ParseBody("elif", "else", "endif");
            branches.Add((condition, body));
            if (ending.Word == "elif")
            {
                condition = _expressions.ParseWhole();
                CloseTag(isGo: false);
                continue;
            }

            CloseTag(isGo: false);
            if (ending.Word == "else")
            {
                (otherwise, _) = ParseBody("endif");
                CloseTag(isGo: false);
            }

            Close();
            return new IfStatement([.. branches], otherwise);
        }
    }

    private ForStatement ParseFor(int at)
    {
        var names = _expressions.ParseTargetNames();
        if (!_cursor.TakeWord("in"))
        {
            throw _cursor.Fault($"Expected 'in', but found {_cursor.Found()}.");
        }

        var iterable = _expressions.ParseWhole(allowChoice: false);
        _locals.Open(isLoop: true);
        var target = new LoopTarget([.. names.Select(_locals.DeclareLoop)], at);
        var loopSlot = _locals.DeclareLoop("loop");
        var condition = _cursor.TakeWord("if") ? _expressions.ParseWhole() : null;
        if (_cursor.TakeWord("recursive"))
        {
            throw _cursor.Fault("Recursive loops are not part of these templates.");
        }

        CloseTag(isGo: false);
        Open("for", isGo: false, at);
        var first = _locals.Count;
        var bodyStart = _cursor.At;
        var (body, ending) = ParseBody("else", "endfor");
        var usesLoop = _cursor.Source.AsSpan(bodyStart, ending.Offset - bodyStart).Contains("loop", StringComparison.Ordinal);
        var slots = Enumerable.Range(first, _locals.Count - first).ToArray();
        _locals.Close();
        CloseTag(isGo: false);
        Statement otherwise = Block.Empty;
        if (ending.Word == "else")
        {
            (otherwise, _) = ParseBody("endfor");
            CloseTag(isGo: false);
        }

        Close();
        return new ForStatement(target, iterable, condition, body, otherwise, usesLoop ? loopSlot : -1, slots);
    }

    private Statement ParseSet(int at)
    {
        _cursor.SkipSpace();
        var nameAt = _cursor.At;
        var names = _expressions.ParseTargetNames();
        if (names.Count == 1 && _cursor.Current == '.')
        {
            _cursor.At = nameAt;
            var owner = _expressions.ParseOperand();
            if (owner is not PathExpr { Segments: [{ Name: { } field }] } path)
            {
                throw _cursor.Fault("Only a field of a namespace() can be set this way: {% set ns.total = … %}.", offset: nameAt);
            }

            ExpectSign("=");
            var value = _expressions.ParseWhole();
            CloseTag(isGo: false);
            return new SetFieldStatement(path.Target, field, value, nameAt);
        }

        _cursor.SkipSpace();
        if (_cursor.Current == '=')
        {
            ExpectSign("=");
            var value = ParseTuple();
            var target = new LoopTarget([.. names.Select(x => _locals.Declare(x, inLoop: true))], nameAt);
            CloseTag(isGo: false);
            return new SetStatement(target, value, names.Count == 1);
        }

        var hidden = _locals.Hidden();
        Expr? filtered = _cursor.Current == '|' ? FilteredCapture(hidden, nameAt) : null;
        CloseTag(isGo: false);
        Open("set", isGo: false, at);
        var (body, _) = ParseBody("endset");
        CloseTag(isGo: false);
        Close();
        var slot = _locals.Declare(names[0], inLoop: true);
        return filtered is null
            ? new CaptureStatement(slot, body, null)
            : new Block(
                [new CaptureStatement(hidden, body, null), new SetStatement(new LoopTarget([slot], nameAt), filtered, isSingle: true)]);
    }

    // 'a, b' is a list of two, as in Python.
    private Expr ParseTuple()
    {
        var first = _expressions.ParseWhole();
        _cursor.SkipSpace();
        if (_cursor.Current != ',')
        {
            return first;
        }

        var items = new List<Expr> { first };
        while (_cursor.Take(","))
        {
            items.Add(_expressions.ParseWhole());
            _cursor.SkipSpace();
        }

        return new ListExpr([.. items], first.Offset);
    }

    private void ParseJinjaWith(List<Statement> statements, int at)
    {
        _locals.Open(isLoop: true);
        var block = new List<Statement>();
        _cursor.SkipSpace();
        while (!_cursor.Looks("%}") && !_cursor.Looks("-%}"))
        {
            var nameAt = _cursor.At;
            var name = _cursor.ReadName();
            if (name.Length == 0)
            {
                throw _cursor.Fault($"Expected a name, but found {_cursor.Found()}.");
            }

            ExpectSign("=");
            var value = _expressions.ParseWhole();
            block.Add(new SetStatement(new LoopTarget([_locals.Declare(name, inLoop: true)], nameAt), value, isSingle: true));
            _cursor.SkipSpace();
            _cursor.Take(",");
            _cursor.SkipSpace();
        }

        CloseTag(isGo: false);
        Open("with", isGo: false, at);
        var (body, _) = ParseBody("endwith");
        CloseTag(isGo: false);
        Close();
        _locals.Close();
        statements.Add(new Block([.. block, body]));
    }

    private CaptureStatement ParseFilterBlock(int at)
    {
        var slot = _locals.Hidden();
        var filter = _expressions.ParseFilter(new LocalExpr(slot, "filter", null, at));
        CloseTag(isGo: false);
        Open("filter", isGo: false, at);
        var (body, _) = ParseBody("endfilter");
        CloseTag(isGo: false);
        Close();
        return new CaptureStatement(slot, body, filter);
    }

    private Expr FilteredCapture(int slot, int at)
    {
        Expr filter = new LocalExpr(slot, "set", null, at);
        while (_cursor.Take("|"))
        {
            filter = _expressions.ParseFilter(filter);
            _cursor.SkipSpace();
        }

        return filter;
    }

    private void ParseRaw(List<Statement> statements, int at)
    {
        CloseTag(isGo: false);
        var start = _cursor.At;
        for (var end = start; ; end += 2)
        {
            end = _cursor.Source.IndexOf("{%", end, StringComparison.Ordinal);
            if (end < 0)
            {
                throw _cursor.Fault("'raw' is never closed. Close it with {% endraw %}.", offset: at);
            }

            _cursor.At = end + 2;
            var trims = _cursor.Current == '-';
            if (_cursor.Current is '-' or '+')
            {
                _cursor.At++;
            }

            if (!_cursor.TakeWord("endraw"))
            {
                continue;
            }

            var text = _cursor.Source[start..end];
            text = _trimsNext ? text.TrimStart() : text;
            statements.Add(new TextStatement(trims ? text.TrimEnd() : text));
            _trimsNext = false;
            CloseTag(isGo: false);
            return;
        }
    }

    private JumpStatement ParseJump(string word, bool isGo, int at)
    {
        if (!_open.Exists(x => x.Word is "for" or "range"))
        {
            throw _cursor.Fault($"'{word}' stands outside of any loop.", offset: at);
        }

        CloseTag(isGo);
        return new JumpStatement(word == "break" ? Flow.Break : Flow.Continue);
    }

    private void ExpectSign(string sign)
    {
        _cursor.SkipSpace();
        if (!_cursor.Take(sign))
        {
            throw _cursor.Fault($"Expected '{sign}', but found {_cursor.Found()}.");
        }
    }

    private void Close() => _open.RemoveAt(_open.Count - 1);
}
