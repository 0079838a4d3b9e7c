using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class LogicNode(JmesTokenKind operation, JmesNode left, JmesNode right) : JmesNode(1 + Math.Max(left.Depth, right.Depth))
{
    public (JmesNode Left, JmesNode Right) Sides => (left, right);

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        var a = left.Evaluate(context, current);
        return IsTrue(a) == (operation == JmesTokenKind.And) ? right.Evaluate(context, current) : a;
    }
}
