using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Syntax;

internal enum BinaryOperator
{
    Add, Subtract, Multiply, Divide, FloorDivide, Remainder, Power, Concat,
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual, In, NotIn,
}

/// <summary>Arithmetic, comparison, membership and <c>~</c>.</summary>
internal sealed class BinaryExpr(BinaryOperator operation, Expr left, Expr right, int offset)
    : Expr(offset, 1 + Math.Max(left.Depth, right.Depth))
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var a = left.Evaluate(context);
        var b = right.Evaluate(context);
        if (a.IsMissing || b.IsMissing)
        {
            if (operation is BinaryOperator.Concat or >= BinaryOperator.Equal || context.IsStrict)
            {
                (a, b) = (context.Require(a), context.Require(b));
            }
            else
            {
                return a.IsMissing ? a : b;
            }
        }

        context.At = Offset;
        if (operation is not (BinaryOperator.Add or BinaryOperator.Concat))
        {
            context.RefuseSecret(a);
            context.RefuseSecret(b);
        }

        return operation switch
        {
            BinaryOperator.Equal => Value.Of(ValueOrder.Same(a, b, context.Budget)),
            BinaryOperator.NotEqual => Value.Of(!ValueOrder.Same(a, b, context.Budget)),
            BinaryOperator.Less => Value.Of(Compare(context, a, b) is < 0),
            BinaryOperator.LessOrEqual => Value.Of(Compare(context, a, b) is <= 0),
            BinaryOperator.Greater => Value.Of(Compare(context, a, b) is > 0),
            BinaryOperator.GreaterOrEqual => Value.Of(Compare(context, a, b) is >= 0),
            BinaryOperator.In => Value.Of(Membership.Contains(context, b, a)),
            BinaryOperator.NotIn => Value.Of(!Membership.Contains(context, b, a)),
            BinaryOperator.Concat => Concat(context, a, b),
            _ => Arithmetic.Apply(context, operation, a, b),
        };
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        left.Analyze(analysis);
        right.Analyze(analysis);
    }

    internal static int? Compare(RenderContext context, Value a, Value b)
    {
        if (ValueOrder.TryCompare(a, b, context.Budget, out var order))
        {
            return a.IsNumber && (double.IsNaN(a.AsDouble) || double.IsNaN(b.AsDouble)) ? null : order;
        }

        if (!context.IsStrict && (a.IsNothing || b.IsNothing))
        {
            return null;
        }

        throw context.Fault(TemplateErrorCodes.Type, $"{Capital(a.KindName)} and {b.KindName} have no order. Convert one with int, float or string.");
    }

    private static Value Concat(RenderContext context, Value a, Value b)
    {
        var (left, right) = (context.TextOf(a), context.TextOf(b));
        context.AllowText((long)left.Length + right.Length);
        return Value.Of(left + right);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

/// <summary><c>a &lt; b &lt; c</c>: each neighbour compared, each operand evaluated once.</summary>
internal sealed class ChainExpr(Expr first, (BinaryOperator Operation, Expr Operand)[] links, int offset)
    : Expr(offset, 2 + Math.Max(first.Depth, links.Max(x => x.Operand.Depth)))
{
    public override Value Evaluate(RenderContext context)
    {
        var left = first.Evaluate(context);
        foreach (var (operation, operand) in links)
        {
            var right = operand.Evaluate(context);
            if (!new BinaryExpr(operation, new LiteralExpr(left, Offset), new LiteralExpr(right, operand.Offset), Offset).Evaluate(context).IsTruthy)
            {
                return Value.False;
            }

            left = right;
        }

        return Value.True;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        first.Analyze(analysis);
        foreach (var (_, operand) in links)
        {
            operand.Analyze(analysis);
        }
    }
}

/// <summary><c>a and b</c>, <c>a or b</c>: the operand that decides, as Python and Go have it.</summary>
internal sealed class LogicalExpr(bool isAnd, Expr left, Expr right, int offset) : Expr(offset, 1 + Math.Max(left.Depth, right.Depth))
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var a = left.Evaluate(context);
        context.At = Offset;
        return context.IsTrue(a) == isAnd ? right.Evaluate(context) : a;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        analysis.Tolerantly(left);
        right.Analyze(analysis);
    }
}

/// <summary><c>not a</c></summary>
internal sealed class NotExpr(Expr operand, int offset) : Expr(offset, 1 + operand.Depth)
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var value = operand.Evaluate(context);
        context.At = Offset;
        return Value.Of(!context.IsTrue(value));
    }

    public override void Analyze(TemplateAnalysis analysis) => analysis.Tolerantly(operand);
}

/// <summary><c>-a</c></summary>
internal sealed class NegateExpr(Expr operand, int offset) : Expr(offset, 1 + operand.Depth)
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var value = operand.Evaluate(context);
        if (value.IsMissing && !context.IsStrict)
        {
            return value;
        }

        value = context.Require(value);
        context.At = Offset;
        return Arithmetic.Apply(context, BinaryOperator.Subtract, Value.Of(0), value);
    }

    public override void Analyze(TemplateAnalysis analysis) => operand.Analyze(analysis);
}

/// <summary><c>a if c else b</c>; without <c>else</c>, null.</summary>
internal sealed class ChoiceExpr(Expr condition, Expr then, Expr? otherwise, int offset)
    : Expr(offset, 1 + Math.Max(condition.Depth, Math.Max(then.Depth, otherwise?.Depth ?? 0)))
{
    public override Value Evaluate(RenderContext context)
    {
        context.Budget.Spend();
        var decided = condition.Evaluate(context);
        context.At = Offset;
        return context.IsTrue(decided) ? then.Evaluate(context) : otherwise?.Evaluate(context) ?? Value.Null;
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        analysis.Tolerantly(condition);
        analysis.Tolerantly(then);
        analysis.Tolerantly(otherwise);
    }
}

/// <summary>
/// <c>a-b.c</c> without spaces outside of the dotted notation: the name with the hyphen where the scope has it, a
/// subtraction where it does not.
/// </summary>
internal sealed class HyphenExpr(Expr joined, Expr apart, Expr[] joinedNames, Expr[] namesApart, int offset)
    : Expr(offset, 1 + Math.Max(joined.Depth, apart.Depth))
{
    public override string PathText => joined.PathText;

    public override Value Evaluate(RenderContext context)
    {
        var isJoined = Array.TrueForAll(joinedNames, x => !x.Evaluate(context).IsMissing)
            || !Array.TrueForAll(namesApart, x => !x.Evaluate(context).IsMissing);
        return (isJoined ? joined : apart).Evaluate(context);
    }

    public override void Analyze(TemplateAnalysis analysis)
    {
        analysis.Tolerantly(joined);
        analysis.Tolerantly(apart);
    }
}

/// <summary><c>a in b</c></summary>
internal static class Membership
{
    public static bool Contains(RenderContext context, Value container, Value wanted)
    {
        switch (container.Kind)
        {
            case ValueKind.String when wanted.IsText:
                context.AllowText(container.AsText.Length);
                return container.AsText.Contains(wanted.AsText, StringComparison.Ordinal);
            case ValueKind.String when wanted.IsNothing:
                return false;
            case ValueKind.Array:
                context.AllowItems(container.Count);
                for (var i = 0; i < container.Count; i++)
                {
                    if (ValueOrder.Same(container.ItemAt(i), wanted, context.Budget))
                    {
                        return true;
                    }
                }

                return false;
            case ValueKind.Object:
                return container.TryGetMember(context.TextOf(wanted), out _);
            case ValueKind.Null or ValueKind.Undefined or ValueKind.Absent:
                return false;
            default:
                throw context.Fault(TemplateErrorCodes.Type, $"Membership is asked of a list, an object or a text; this is {container.KindName}, asked for {wanted.KindName}.");
        }
    }
}
