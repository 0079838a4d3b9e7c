using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class ConstantNode(Value value) : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current) => value;
}
