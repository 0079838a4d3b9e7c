using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class LetNode((string Name, JmesNode Value)[] bindings, JmesNode body)
    : JmesNode(1 + Math.Max(body.Depth, bindings.Max(x => x.Value.Depth)))
{
    public ((string Name, JmesNode Value)[] Bindings, JmesNode Body) Parts => (bindings, body);

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend(bindings.Length);
        var outer = context.Variables;
        var inner = outer;
        foreach (var (name, value) in bindings)
        {
            inner = new JmesVariables(name, value.Evaluate(context, current), inner);
        }

        context.Variables = inner;
        var result = body.Evaluate(context, current);
        context.Variables = outer;
        return result;
    }
}
