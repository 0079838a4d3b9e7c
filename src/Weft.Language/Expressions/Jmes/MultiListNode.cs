using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class MultiListNode(JmesNode[] items) : JmesNode(1 + items.Max(x => x.Depth))
{
    public JmesNode[] Items => items;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend(items.Length);
        return current.IsNothing ? Value.Null : Value.Of(new ListValue(Array.ConvertAll(items, x => x.Evaluate(context, current))));
    }
}
