using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Jmes;

internal sealed class CurrentNode() : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current) => current;
}
