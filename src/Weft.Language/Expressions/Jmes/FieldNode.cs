using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class FieldNode(string name) : JmesNode(1)
{
    public string Name => name;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend();
        return current.TryGetMember(name, out var value) ? value : Value.Null;
    }
}
