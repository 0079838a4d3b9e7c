using Weft.Language.Expressions.Functions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Parsing;

/// <summary>Calls in all their forms: <c>f(a, b)</c>, <c>f a b</c>, <c>a | f(b)</c>, <c>a | f b</c>, <c>a.f(b)</c>.</summary>
internal sealed partial class ExpressionParser
{
    private static readonly string[] InPlaceMethods =
        ["append", "extend", "insert", "remove", "pop", "update", "clear", "setdefault", "popitem", "add", "discard"];

    private sealed record ParsedArguments(List<Expr> Positional, List<(string Name, Expr Value, int At)> Named);

    private Expr ParseFilters(Expr operand)
    {
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.Current != '|' || cursor.Peek() == '|')
            {
                return operand;
            }

            cursor.At++;
            operand = ParseFilter(operand);
        }
    }

    /// <summary>Reads a filter's name and arguments; the cursor stands behind the bar.</summary>
    public Expr ParseFilter(Expr operand)
    {
        cursor.SkipSpace();
        var at = cursor.At;
        var name = cursor.ReadName();
        if (name.Length == 0)
        {
            throw cursor.Fault($"Expected the name of a function behind '|', but found {cursor.Found()}.");
        }

        if (name is "not" or "and" or "or")
        {
            return PrefixLogic(name, [.. ParseGoArguments(null), operand], at);
        }

        var function = Known(name, at);
        if (cursor.Current == '(')
        {
            var parsed = ParseParenthesised(name);
            return Call(function, [operand, .. parsed.Positional], parsed.Named, at);
        }

        var arguments = ParseGoArguments(function);
        return arguments.Count == 0 ? Call(function, [operand], [], at) : GoCall(function, [.. arguments, operand], at);
    }

    private Expr ParseCall(string name, int at)
    {
        if (name == "dict" || name == "namespace")
        {
            var pairs = ParseParenthesised(name);
            List<Expr> flat = [.. pairs.Positional];
            foreach (var (key, value, keyAt) in pairs.Named)
            {
                flat.Add(new LiteralExpr(Value.Of(key), keyAt));
                flat.Add(value);
            }

            return Call(Known(name, at), flat, [], at);
        }

        if (name is "and" or "or" or "not")
        {
            return PrefixLogic(name, ParseParenthesised(name).Positional, at);
        }

        var function = Known(name, at);
        var parsed = ParseParenthesised(name);
        return Call(function, parsed.Positional, parsed.Named, at);
    }

    /// <summary>Reads <c>f a b</c>; null when the name is no call but a value, which moves nothing.</summary>
    private Expr? ParseGoCall(string name, int at)
    {
        var start = cursor.At;
        cursor.At += name.Length;
        var function = FunctionTable.Find(name);
        var isCall =
            function is not null ? StartsGoArgument(function, 0) : StartsOperand() && cursor.Current is not ('[' or '(' or '{' or '-');
        if (!isCall)
        {
            cursor.At = start;
            return null;
        }

        if (function is null)
        {
            throw cursor.Fault(
                $"'{name}' is followed by {cursor.Found()}, but is no function.{NearMiss.Hint(name, FunctionTable.Names)} An operator or "
                + $"the end of the expression was expected.",
                NearMiss.Find(name, FunctionTable.Names) is null && cursor.Current is not ('.' or '$' or '"') ? TemplateErrorCodes.Syntax
                    : TemplateErrorCodes.UnknownFunction,
                at);
        }

        return GoCall(function, ParseGoArguments(function), at);
    }

    private List<Expr> ParseGoArguments(Function? function)
    {
        var arguments = new List<Expr>();
        while (StartsGoArgument(function, arguments.Count))
        {
            arguments.Add(ParseOperand());
        }

        return arguments;
    }

    private bool StartsGoArgument(Function? function, int count)
    {
        var start = cursor.At;
        cursor.SkipSpace();
        var starts = cursor.At > start && StartsOperand();
        if (starts && cursor.Current == '-')
        {
            // 'add -1' lacks an argument, 'length -1' does not: there it is a subtraction.
            starts = function is not null && (count > 0 || function.Required > 1) && count < function.Most;
        }

        cursor.At = start;
        return starts;
    }

    /// <summary>Whether a value begins behind the space at the cursor.</summary>
    private bool StartsOperand()
    {
        cursor.SkipSpace();
        var c = cursor.Current;
        if (c is '"' or '\'' or '`' or '$' or '(' or '[' or '{' || char.IsAsciiDigit(c))
        {
            return true;
        }

        if (c == '.')
        {
            return true;
        }

        if (c == '-')
        {
            return char.IsAsciiDigit(cursor.Peek());
        }

        return SourceCursor.StartsName(c) && Array.IndexOf(Keywords, cursor.PeekName()) < 0;
    }

    private Expr ParsePrefixLogic(string word, int at)
    {
        var arguments = cursor.Current == '(' ? ParseParenthesised(word).Positional : ParseGoArguments(null);
        return PrefixLogic(word, arguments, at);
    }

    private Expr PrefixLogic(string word, List<Expr> arguments, int at)
    {
        if (arguments.Count == 0)
        {
            throw cursor.Fault($"'{word}' needs a value on each side, or its values behind it.", offset: at);
        }

        return word == "not"
            ? new NotExpr(arguments[0], at)
            : arguments.Aggregate((left, right) => new LogicalExpr(word == "and", left, right, at));
    }

    private ParsedArguments ParseParenthesised(string name)
    {
        Enter();
        var open = cursor.At;
        cursor.At++;
        var parsed = new ParsedArguments([], []);
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.Take(")"))
            {
                Leave();
                return parsed;
            }

            if (cursor.IsAtEnd)
            {
                throw cursor.Fault($"The '(' of '{name}' is not closed.", offset: open);
            }

            var at = cursor.At;
            var key = cursor.PeekName();
            cursor.At += key.Length;
            cursor.SkipSpace();
            if (key.Length > 0 && cursor.Current == '=' && cursor.Peek() != '=')
            {
                cursor.At++;
                parsed.Named.Add((key, Parse(), at));
            }
            else
            {
                cursor.At = at;
                var value = Parse();
                if (parsed.Positional.Count == 0 && cursor.TakeWord("for"))
                {
                    parsed.Positional.Add(ParseComprehension(value, at, ')', at));
                    Leave();
                    return parsed;
                }

                parsed.Positional.Add(value);
            }

            cursor.SkipSpace();
            if (!cursor.Take(",") && cursor.Current != ')')
            {
                throw cursor.Fault($"Expected ',' or ')', but found {cursor.Found()}.");
            }
        }
    }

    private Expr ParseMethod(Expr target, string name, int at)
    {
        if (target is RootExpr { Name: "tools" } || target is PathExpr { Target: RootExpr { Name: "tools" } })
        {
            string[] names = [.. target is PathExpr path ? path.Segments.Select(x => x.Name ?? "") : [], name];
            var values = ParseParenthesised(name);
            return names.All(x => x.Length > 0) && values.Named.Count == 0
                ? new ToolCallExpr(names, [.. values.Positional], at)
                : throw cursor.Fault("A tool is called by its name with its arguments in order: tools.name.action(a, b).", offset: at);
        }

        var method = name switch
        {
            "join" => "joinWith",
            "format" => "formatBraces",
            "strip" => "trim",
            "count" => "countOf",
            "index" => "find",
            "replace" or "split" or "get" => name,
            _ => name,
        };
        if (Array.IndexOf(InPlaceMethods, name) >= 0)
        {
            throw cursor.Fault(
                $"'.{name}(…)' would change a value in place, and values never change. Set a new one: {{% set xs = xs + [x] %}}, or "
                + $"merge objects with 'merge'.",
                TemplateErrorCodes.UnknownFunction,
                at);
        }

        if (name is "cycle" && target is LocalExpr)
        {
            method = "cycleOf";
        }

        if (FunctionTable.Find(method) is not { } function)
        {
            throw cursor.Fault(
                $"There is no method '{name}'.{NearMiss.Hint(name, FunctionTable.Names)}", TemplateErrorCodes.UnknownFunction, at);
        }

        var parsed = ParseParenthesised(name);
        return Call(function, [target, .. parsed.Positional], parsed.Named, at);
    }

    private Function Known(string name, int at) => FunctionTable.Find(name) ?? throw cursor.Fault(
        $"There is no function '{name}'.{NearMiss.Hint(name, FunctionTable.Names)} docs/template-functions.md lists all.",
        TemplateErrorCodes.UnknownFunction,
        at);

    private CallExpr GoCall(Function function, List<Expr> arguments, int at)
    {
        if (function.InGo is { } other)
        {
            function = Known(other, at);
        }

        if (function.Order == GoOrder.ValueLast && arguments.Count > 1)
        {
            arguments.Insert(0, arguments[^1]);
            arguments.RemoveAt(arguments.Count - 1);
        }
        else if (function.Order == GoOrder.ValueSecond && arguments.Count > 1)
        {
            (arguments[0], arguments[1]) = (arguments[1], arguments[0]);
        }

        return Call(function, arguments, [], at);
    }

    private CallExpr Call(Function function, List<Expr> positional, List<(string Name, Expr Value, int At)> named, int at)
    {
        if (named.Count > 0 && function.WithNames is { } other)
        {
            function = Known(other, at);
        }

        List<Expr?> arguments = [.. positional];
        foreach (var (name, value, nameAt) in named)
        {
            var index = Array.FindIndex(function.Parameters, x => x == name);
            if (index < 0)
            {
                throw cursor.Fault(
                    $"'{function.Name}' has no parameter '{name}': {function.Signature}.{NearMiss.Hint(name, function.Parameters)}",
                    offset: nameAt);
            }

            while (arguments.Count <= index)
            {
                arguments.Add(null);
            }

            if (arguments[index] is not null)
            {
                throw cursor.Fault($"'{function.Name}' is given '{name}' twice: {function.Signature}.", offset: nameAt);
            }

            arguments[index] = value;
        }

        if (arguments.Count > function.Most)
        {
            throw cursor.Fault(
                $"'{function.Name}' takes at most {function.Most} argument{(function.Most == 1 ? "" : "s")}, not {arguments.Count}: "
                + $"{function.Signature}.", offset: at);
        }

        for (var i = 0; i < function.Required; i++)
        {
            if (i >= arguments.Count || arguments[i] is null)
            {
                throw cursor.Fault(
                    $"'{function.Name}' needs '{function.Parameters[Math.Min(i, function.Parameters.Length - 1)].TrimEnd('…')}': "
                    + $"{function.Signature}.", offset: at);
            }
        }

        return new CallExpr(function, [.. arguments], at);
    }
}
