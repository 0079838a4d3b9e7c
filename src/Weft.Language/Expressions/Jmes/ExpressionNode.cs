using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

/// <summary><c>&amp;expression</c>: an argument that the function evaluates itself.</summary>
internal sealed class ExpressionNode(JmesNode expression) : JmesNode(1 + expression.Depth)
{
    public JmesNode Expression => expression;

    public override Value Evaluate(JmesContext context, Value current) => Value.Null;
}
