using Weft.Workflows.Expressions.Functions;
using Weft.Workflows.Expressions.Syntax;
using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Parsing;

/// <summary>Literals, names, paths, and what may stand behind them.</summary>
internal sealed partial class ExpressionParser
{
    /// <summary>Reads an operand with its members and indexes, but no filters.</summary>
    public Expr ParseOperand(bool isGoArgument = true)
    {
        Enter();
        cursor.SkipSpace();
        var at = cursor.At;
        var c = cursor.Current;
        Expr operand;
        if (c == '.' && !char.IsAsciiDigit(cursor.Peek()))
        {
            operand = ParseDotted(DotBlocks > 0 ? new DotExpr(at) : new ScopeExpr(at));
        }
        else if (c == '$')
        {
            operand = ParseVariable(at);
        }
        else if (c is '"' or '\'')
        {
            operand = ParseMembers(new LiteralExpr(Value.OfData(StringLiteral.Read(cursor)), at), isDotted: false);
        }
        else if (c == '`')
        {
            operand = new LiteralExpr(Value.OfData(StringLiteral.ReadRaw(cursor)), at);
        }
        else if (char.IsAsciiDigit(c) || c == '.' || (c == '-' && isGoArgument))
        {
            operand = new LiteralExpr(NumberLiteral.Read(cursor), at);
        }
        else if (c == '(')
        {
            operand = ParseMembers(ParseParentheses(at), isDotted: false);
        }
        else if (c == '[')
        {
            operand = ParseMembers(ParseList(at), isDotted: false);
        }
        else if (c == '{')
        {
            operand = ParseMembers(ParseObject(at), isDotted: false);
        }
        else if (SourceCursor.StartsName(c))
        {
            operand = ParseName(at, isGoArgument);
        }
        else
        {
            throw cursor.Fault($"Expected a value, but found {cursor.Found()}.");
        }

        Leave();
        return operand;
    }

    // '.a.b', or a lone '.'
    private Expr ParseDotted(Expr root)
    {
        if (SourceCursor.StartsName(cursor.Peek()))
        {
            return ParseMembers(root, isDotted: true);
        }

        cursor.At++;
        return cursor.Current == '[' ? ParseMembers(root, isDotted: true) : root;
    }

    private Expr ParseVariable(int at)
    {
        cursor.At++;
        var name = cursor.ReadName();
        if (name.Length == 0)
        {
            return ParseMembers(new ScopeExpr(at), isDotted: true);
        }

        Expr? variable = null;
        foreach (var slot in locals.Find("$" + name))
        {
            variable = new LocalExpr(slot, "$" + name, variable, at);
        }

        if (variable is null)
        {
            throw cursor.Fault(
                $"The variable '${name}' is not declared here.{NearMiss.HintOrList("$" + name, locals.Known().Where(x => x[0] == '$'), "Declared")} Declare it with '{{{{ ${name} := … }}}}'.",
                TemplateErrorCodes.UnknownPath,
                at);
        }

        return ParseMembers(variable, isDotted: true);
    }

    private Expr ParseName(int at, bool isGoArgument)
    {
        var word = cursor.PeekName();
        switch (word)
        {
            case "true" or "True":
                cursor.At += word.Length;
                return new LiteralExpr(Value.True, at);
            case "false" or "False":
                cursor.At += word.Length;
                return new LiteralExpr(Value.False, at);
            case "none" or "None" or "null" or "nil":
                cursor.At += word.Length;
                return new LiteralExpr(Value.Null, at);
            case "and" or "or":
                cursor.At += word.Length;
                return ParsePrefixLogic(word, at);
            case "not":
                cursor.At += word.Length;
                return new NotExpr(ParseOperand(), at);
        }

        if (Array.IndexOf(Keywords, word) >= 0)
        {
            throw cursor.Fault($"Expected a value, but found '{word}'.");
        }

        var behind = cursor.At + word.Length;
        var next = behind < cursor.Source.Length ? cursor.Source[behind] : '\0';
        var isLocal = locals.Find(word).Any();
        if (next == '(' && !isLocal)
        {
            cursor.At = behind;
            return ParseMembers(ParseCall(word, at), isDotted: false);
        }

        if (!isGoArgument && !isLocal && char.IsWhiteSpace(next) && ParseGoCall(word, at) is { } call)
        {
            return call;
        }

        return ParseMembers(ParseRootName(at), isDotted: false);
    }

    private Expr ParseRootName(int at)
    {
        var plain = cursor.PeekName();
        var name = cursor.ReadName(withHyphens: _joinsHyphens);
        if (name.Length > plain.Length)
        {
            var joined = Named(name, at);
            _joinedNames.Add(joined);
            _namesApart.Add(Named(plain, at));
            return joined;
        }

        return Named(name, at);
    }

    private Expr Named(string name, int at)
    {
        Expr expression = name == "env" && !locals.Find("env").Any()
            ? ParseEnvironment(at)
            : new RootExpr(name, FunctionTable.FindBare(name), at);
        foreach (var slot in locals.Find(name))
        {
            expression = new LocalExpr(slot, name, locals.IsAlwaysSet(slot) ? null : expression, at);
        }

        return expression;
    }

    /// <summary>Reads the name behind <c>env</c>, which must be written out: data must never choose a secret.</summary>
    private EnvironmentExpr ParseEnvironment(int at)
    {
        if (cursor.Current == '.' && SourceCursor.StartsName(cursor.Peek()))
        {
            cursor.At++;
            return new EnvironmentExpr(cursor.ReadName(), at);
        }

        if (cursor.Current == '[' && cursor.Peek() is '"' or '\'')
        {
            cursor.At++;
            var name = StringLiteral.Read(cursor);
            if (name.Length > 0 && name.All(SourceCursor.ContinuesName) && cursor.Take("]"))
            {
                return new EnvironmentExpr(name, at);
            }
        }

        throw cursor.Fault("'env' is read by a name that is written out: env.NAME.", TemplateErrorCodes.Secret, at);
    }

    /// <summary>Reads <c>.name</c>, <c>[index]</c>, <c>[a:b]</c> and <c>.method(…)</c> as long as they follow without space.</summary>
    private Expr ParseMembers(Expr target, bool isDotted)
    {
        var at = target.Offset;
        var segments = new List<PathSegment>();
        while (true)
        {
            if (cursor.Current == '.' && (SourceCursor.StartsName(cursor.Peek()) || char.IsAsciiDigit(cursor.Peek())))
            {
                cursor.At++;
                if (target is ScopeExpr && segments.Count == 0 && cursor.LooksWord("env"))
                {
                    cursor.At += 3;
                    return ParseEnvironment(at);
                }

                var nameAt = cursor.At;
                var plain = cursor.PeekName();
                var name = cursor.ReadName(withHyphens: isDotted || _joinsHyphens);
                if (cursor.Current == '(')
                {
                    target = ParseMethod(Joined(target, segments, at), name, nameAt);
                    segments.Clear();
                    continue;
                }

                if (!isDotted && plain.Length > 0 && name.Length > plain.Length)
                {
                    _joinedNames.Add(Joined(target, [.. segments, new PathSegment(name, null, null)], at));
                    _namesApart.Add(Joined(target, [.. segments, new PathSegment(plain, null, null)], at));
                }

                segments.Add(new PathSegment(name, null, null));
            }
            else if (cursor.Current == '[')
            {
                cursor.At++;
                segments.Add(ParseIndex());
            }
            else
            {
                return Joined(target, segments, at);
            }
        }
    }

    private static Expr Joined(Expr target, List<PathSegment> segments, int at)
    {
        if (segments.Count == 0)
        {
            return target;
        }

        // The scope's own members are its names: '.a' and '$.a' are 'a'.
        if (target is ScopeExpr && segments[0].Name is { } name)
        {
            var root = new RootExpr(name, null, at);
            return segments.Count == 1 ? root : new PathExpr(root, [.. segments.Skip(1)], at);
        }

        return new PathExpr(target, [.. segments], at);
    }

    private PathSegment ParseIndex()
    {
        Expr? start = null;
        cursor.SkipSpace();
        if (cursor.Current != ':')
        {
            start = Parse();
            cursor.SkipSpace();
            if (cursor.Take("]"))
            {
                return new PathSegment(null, start, null);
            }
        }

        var bounds = new Expr?[2];
        for (var i = 0; i < 2; i++)
        {
            cursor.SkipSpace();
            if (!cursor.Take(":"))
            {
                break;
            }

            cursor.SkipSpace();
            if (cursor.Current is not (':' or ']'))
            {
                bounds[i] = Parse();
            }
        }

        cursor.SkipSpace();
        return cursor.Take("]")
            ? new PathSegment(null, null, new SliceBounds(start, bounds[0], bounds[1]))
            : throw cursor.Fault($"Expected ']', but found {cursor.Found()}.");
    }

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

    private void Expect(char wanted)
    {
        cursor.SkipSpace();
        if (cursor.Current != wanted)
        {
            throw cursor.Fault($"Expected '{wanted}', but found {cursor.Found()}.");
        }

        cursor.At++;
    }
}
