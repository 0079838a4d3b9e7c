using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class CurrentNode() : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current) => current;
}
