using Weft.Language.Expressions.Functions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Parsing;

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
                $"The variable '${name}' is not declared "
                + $"here.{NearMiss.HintOrList("$" + name, locals.Known().Where(x => x[0] == '$'), "Declared")} Declare it with '{{{{ "
                + $"${name} := … }}}}'.",
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
