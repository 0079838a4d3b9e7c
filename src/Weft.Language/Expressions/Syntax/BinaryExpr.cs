using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

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

        throw context.Fault(
            TemplateErrorCodes.Type, $"{Capital(a.KindName)} and {b.KindName} have no order. Convert one with int, float or string.");
    }

    private static Value Concat(RenderContext context, Value a, Value b)
    {
        var (left, right) = (context.TextOf(a), context.TextOf(b));
        context.AllowText((long)left.Length + right.Length);
        return Value.Of(left + right);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
