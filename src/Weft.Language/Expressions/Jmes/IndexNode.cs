using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class IndexNode(long index) : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        if (!current.IsList)
        {
            return Value.Null;
        }

        var at = index < 0 ? index + current.Count : index;
        return at >= 0 && at < current.Count ? current.ItemAt((int)at) : Value.Null;
    }
}
