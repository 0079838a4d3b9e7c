using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class CompareNode(JmesTokenKind operation, JmesNode left, JmesNode right) : JmesNode(1 + Math.Max(left.Depth, right.Depth))
{
    public (JmesNode Left, JmesNode Right) Sides => (left, right);

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        var a = left.Evaluate(context, current);
        var b = right.Evaluate(context, current);
        if (operation is JmesTokenKind.Equal or JmesTokenKind.NotEqual)
        {
            return Value.Of(ValueOrder.Same(a, b, context.Budget) == (operation == JmesTokenKind.Equal));
        }

        if (!a.IsNumber || !b.IsNumber)
        {
            return Value.Null;
        }

        ValueOrder.TryCompare(a, b, context.Budget, out var order);
        return Value.Of(operation switch
        {
            JmesTokenKind.Less => order < 0,
            JmesTokenKind.LessOrEqual => order <= 0,
            JmesTokenKind.Greater => order > 0,
            _ => order >= 0,
        });
    }
}
