using Weft.Language.Expressions.Functions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Parsing;

/// <summary>
/// Reads expressions of both notations by one grammar: Jinja's operators and filters, with Go's dotted paths, variables and
/// calls without parentheses as operands.
/// </summary>
internal sealed partial class ExpressionParser(SourceCursor cursor, LocalNames locals)
{
    private static readonly string[] Keywords = ["and", "or", "not", "in", "is", "if", "else", "elif", "for", "recursive"];

    private readonly List<Expr> _joinedNames = [];
    private readonly List<Expr> _namesApart = [];
    private bool _joinsHyphens;
    private int _depth;
    private int _comprehensions;

    /// <summary>
    /// Gets or sets how many <c>range</c> and <c>with</c> blocks surround the expression: inside, <c>.</c> is their value.
    /// </summary>
    public int DotBlocks { get; set; }

    /// <summary>Reads an expression; the cursor ends behind it.</summary>
    public Expr ParseWhole(bool allowChoice = true)
    {
        cursor.SkipSpace();
        var start = cursor.At;
        _joinsHyphens = true;
        _joinedNames.Clear();
        _namesApart.Clear();
        var joined = Parse(allowChoice);
        if (_joinedNames.Count == 0)
        {
            return joined;
        }

        var end = cursor.At;
        Expr[] names = [.. _joinedNames];
        Expr[] namesApart = [.. _namesApart];
        cursor.At = start;
        _joinsHyphens = false;
        try
        {
            var apart = Parse(allowChoice);
            return cursor.At == end ? new HyphenExpr(joined, apart, names, namesApart, start) : joined;
        }
        catch (TemplateException)
        {
            // Read as a subtraction it makes no sense: then it is a name.
            return joined;
        }
        finally
        {
            cursor.At = end;
        }
    }

    private Expr Parse(bool allowChoice = true)
    {
        Enter();
        var expression = ParseOr();
        while (allowChoice && cursor.TakeWord("if"))
        {
            var condition = ParseOr();
            var otherwise = cursor.TakeWord("else") ? Parse() : null;
            expression = new ChoiceExpr(condition, expression, otherwise, expression.Offset);
        }

        Leave();
        return expression.Depth <= Expr.DeepestTree
            ? expression
            : throw cursor.Fault("The expression is too long. Set parts of it as variables.", TemplateErrorCodes.Limit, expression.Offset);
    }

    private Expr ParseOr()
    {
        var left = ParseAnd();
        while (true)
        {
            cursor.SkipSpace();
            var at = cursor.At;
            if (!cursor.Take("||") && !cursor.TakeWord("or"))
            {
                return left;
            }

            left = new LogicalExpr(isAnd: false, left, ParseAnd(), at);
        }
    }

    private Expr ParseAnd()
    {
        var left = ParseNot();
        while (true)
        {
            cursor.SkipSpace();
            var at = cursor.At;
            if (!cursor.Take("&&") && !cursor.TakeWord("and"))
            {
                return left;
            }

            left = new LogicalExpr(isAnd: true, left, ParseNot(), at);
        }
    }

    private Expr ParseNot()
    {
        cursor.SkipSpace();
        var at = cursor.At;
        if (!cursor.TakeWord("not"))
        {
            return ParseComparison();
        }

        Enter();
        var operand = ParseNot();
        Leave();
        return new NotExpr(operand, at);
    }

    private Expr ParseComparison()
    {
        var left = ParseSum();
        List<(BinaryOperator, Expr)>? links = null;
        var first = left;
        while (true)
        {
            cursor.SkipSpace();
            var at = cursor.At;
            if (cursor.TakeWord("is"))
            {
                first = left = ParseTest(Chained(first, links, left, at), at);
                links = null;
                continue;
            }

            if (TakeComparison() is not { } operation)
            {
                return Chained(first, links, left, at);
            }

            var right = ParseSum();
            if (links is null)
            {
                left = new BinaryExpr(operation, first, right, at);
                links = [(operation, right)];
            }
            else
            {
                links.Add((operation, right));
            }
        }
    }

    private static Expr Chained(Expr first, List<(BinaryOperator, Expr)>? links, Expr single, int at) =>
        links is { Count: > 1 } ? new ChainExpr(first, [.. links], at) : single;

    private BinaryOperator? TakeComparison()
    {
        switch (cursor.Current)
        {
            case '=' when cursor.Take("==="):
            case '=' when cursor.Take("=="):
                return BinaryOperator.Equal;
            case '=':
                throw cursor.Fault("'=' compares nothing. Write '==' to compare.");
            case '!' when cursor.Take("!="):
                return BinaryOperator.NotEqual;
            case '<' when cursor.Take("<="):
                return BinaryOperator.LessOrEqual;
            case '<' when cursor.Take("<"):
                return BinaryOperator.Less;
            case '>' when cursor.Take(">="):
                return BinaryOperator.GreaterOrEqual;
            case '>' when cursor.Take(">"):
                return BinaryOperator.Greater;
            case 'i' when cursor.TakeWord("in"):
                return BinaryOperator.In;
            case 'n':
                var start = cursor.At;
                if (cursor.TakeWord("not") && cursor.TakeWord("in"))
                {
                    return BinaryOperator.NotIn;
                }

                cursor.At = start;
                return null;
            default:
                return null;
        }
    }

    private Expr ParseTest(Expr operand, int at)
    {
        var isNegated = cursor.TakeWord("not");
        cursor.SkipSpace();
        var nameAt = cursor.At;
        var name = cursor.ReadName();
        if (name.Length == 0)
        {
            throw cursor.Fault($"Expected a test behind 'is', such as 'defined' or 'none', but found {cursor.Found()}.");
        }

        if (ValueTests.Find(name) is not { } test)
        {
            throw cursor.Fault($"There is no test '{name}'.{NearMiss.HintOrList(name, ValueTests.Names, "Tests", 40)}",
                TemplateErrorCodes.UnknownFunction, nameAt);
        }

        Expr[] arguments = [];
        if (cursor.Current == '(')
        {
            arguments = [.. ParseParenthesised(name).Positional];
        }
        else if (test.Arguments > 0 && StartsOperand())
        {
            arguments = [ParseOperand()];
        }

        return arguments.Length == test.Arguments
            ? new TestExpr(test, operand, arguments, isNegated, at)
            : throw cursor.Fault(
                $"The test '{name}' takes {test.Arguments} argument{(test.Arguments == 1 ? "" : "s")}, not {arguments.Length}.",
                offset: nameAt);
    }

    private Expr ParseSum()
    {
        var left = ParseConcat();
        while (true)
        {
            cursor.SkipSpace();
            var at = cursor.At;
            if (cursor.Current is not ('+' or '-') || IsTagEnd())
            {
                return left;
            }

            var operation = cursor.Current == '+' ? BinaryOperator.Add : BinaryOperator.Subtract;
            cursor.At++;
            left = new BinaryExpr(operation, left, ParseConcat(), at);
        }
    }

    private Expr ParseConcat()
    {
        var left = ParseProduct();
        while (true)
        {
            cursor.SkipSpace();
            var at = cursor.At;
            if (!cursor.Take("~"))
            {
                return left;
            }

            left = new BinaryExpr(BinaryOperator.Concat, left, ParseProduct(), at);
        }
    }

    private Expr ParseProduct()
    {
        var left = ParseUnary();
        while (true)
        {
            cursor.SkipSpace();
            var at = cursor.At;
            if (IsTagEnd() || cursor.Looks("**"))
            {
                return left;
            }

            BinaryOperator? operation = cursor.Take("//") ? BinaryOperator.FloorDivide
                : cursor.Take("*") ? BinaryOperator.Multiply
                : cursor.Take("/") ? BinaryOperator.Divide
                : cursor.Take("%") ? BinaryOperator.Remainder
                : null;
            if (operation is not { } found)
            {
                return left;
            }

            left = new BinaryExpr(found, left, ParseUnary(), at);
        }
    }

    private Expr ParseUnary(bool withFilters = true)
    {
        Enter();
        cursor.SkipSpace();
        var at = cursor.At;
        Expr operand;
        if (cursor.Current == '!' && cursor.Peek() != '=')
        {
            cursor.At++;
            operand = new NotExpr(ParseUnary(), at);
        }
        else if (cursor.Current == '-')
        {
            cursor.At++;
            operand = Negated(ParseUnary(withFilters: false), at);
        }
        else if (cursor.Current == '+')
        {
            cursor.At++;
            operand = ParseUnary(withFilters: false);
        }
        else
        {
            operand = ParseOperand(isGoArgument: false);
        }

        if (withFilters)
        {
            operand = ParseFilters(operand);
        }

        cursor.SkipSpace();
        if (cursor.Looks("**"))
        {
            var powerAt = cursor.At;
            cursor.At += 2;
            operand = new BinaryExpr(BinaryOperator.Power, operand, ParseUnary(), powerAt);
        }

        Leave();
        return operand;
    }

    private static Expr Negated(Expr operand, int at) =>
        operand is LiteralExpr { Value.IsNumber: true } literal && literal.Value.ExactNumber is null
        ? new LiteralExpr(
            literal.Value.Kind == ValueKind.Integer && literal.Value.AsInteger != long.MinValue ? Value.Of(-literal.Value.AsInteger)
                : Value.Of(-literal.Value.AsDouble), at)
        : new NegateExpr(operand, at);

    // '-}}', '-%}' and '%}' end the tag; they are no operators.
    private bool IsTagEnd() => cursor.Current switch
    {
        '-' => cursor.Peek() is '}' or '%' && cursor.Peek(2) == '}',
        '+' => cursor.Peek() == '%' && cursor.Peek(2) == '}',
        '%' => cursor.Peek() == '}',
        _ => false,
    };

    private void Enter()
    {
        if (++_depth > TemplateLimits.Nesting * 4)
        {
            throw cursor.Fault("The expression is nested too deeply.", TemplateErrorCodes.Limit);
        }
    }

    private void Leave() => _depth--;
}
