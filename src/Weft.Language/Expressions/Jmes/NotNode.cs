using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class NotNode(JmesNode operand) : JmesNode(1 + operand.Depth)
{
    public JmesNode Operand => operand;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        return Value.Of(!IsTrue(operand.Evaluate(context, current)));
    }
}
