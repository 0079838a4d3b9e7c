using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class MultiObjectNode((string Name, JmesNode Value)[] members) : JmesNode(1 + members.Max(x => x.Value.Depth))
{
    public (string Name, JmesNode Value)[] Members => members;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend(members.Length);
        if (current.IsNothing)
        {
            return Value.Null;
        }

        var map = new MapValue(members.Length);
        foreach (var (name, value) in members)
        {
            map[name] = value.Evaluate(context, current);
        }

        return Value.Of(map);
    }
}
