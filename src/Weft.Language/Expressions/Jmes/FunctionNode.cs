using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class FunctionNode(JmesFunction function, JmesNode[] arguments, int offset)
    : JmesNode(1 + arguments.Select(x => x.Depth).DefaultIfEmpty().Max())
{
    public JmesNode[] Arguments => arguments;

    public override Value Evaluate(JmesContext context, Value current)
    {
        context.Budget.Spend(1 + arguments.Length);
        var values = new Value[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(context, current);
        }

        var call = new JmesCall(context, function, arguments, values, offset);
        call.CheckTypes();
        return function.Body(call);
    }
}
