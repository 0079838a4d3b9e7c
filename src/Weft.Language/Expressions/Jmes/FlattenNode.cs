using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

/// <summary><c>[]</c>: lists within the list dissolved, one level.</summary>
internal sealed class FlattenNode(JmesNode operand) : JmesNode(1 + operand.Depth)
{
    public JmesNode Operand => operand;

    public override Value Evaluate(JmesContext context, Value current)
    {
        var value = operand.Evaluate(context, current);
        if (!value.IsList)
        {
            return Value.Null;
        }

        var flat = new List<Value>();
        for (var i = 0; i < value.Count; i++)
        {
            var item = value.ItemAt(i);
            context.Budget.Spend(1 + (item.IsList ? item.Count : 0));
            if (item.IsList)
            {
                flat.AddRange(item.ToItems());
            }
            else
            {
                flat.Add(item);
            }
        }

        return Value.Of(flat);
    }
}
