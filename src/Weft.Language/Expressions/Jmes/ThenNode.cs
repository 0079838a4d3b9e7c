using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

/// <summary><c>left.right</c> and <c>left | right</c>: the right side sees what the left side found.</summary>
internal sealed class ThenNode(JmesNode left, JmesNode right) : JmesNode(1 + Math.Max(left.Depth, right.Depth))
{
    public JmesNode Left => left;

    public JmesNode Right => right;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        return right.Evaluate(context, left.Evaluate(context, current));
    }
}
