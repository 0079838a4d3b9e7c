using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class SliceNode(long? start, long? stop, long step) : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current)
    {
        if (!current.IsList)
        {
            return Value.Null;
        }

        var range = SliceRange.Of(current.Count, start, stop, step);
        context.Budget.Spend(1 + range.Count);
        var items = new Value[range.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = current.ItemAt(range.At(i));
        }

        return Value.Of(new ListValue(items));
    }
}
