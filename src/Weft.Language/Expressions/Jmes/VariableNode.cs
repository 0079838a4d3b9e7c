using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

internal sealed class VariableNode(string name, int offset) : JmesNode(1)
{
    public override Value Evaluate(JmesContext context, Value current)
    {
        for (var variable = context.Variables; variable is not null; variable = variable.Outer)
        {
            if (variable.Name == name)
            {
                return variable.Value;
            }
        }

        throw context.Fault("undefined-variable", $"The variable '${name}' is not defined here.", offset);
    }
}
