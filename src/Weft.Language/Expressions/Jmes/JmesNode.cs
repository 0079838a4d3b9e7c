using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

/// <summary>A JMESPath expression, compiled.</summary>
internal abstract class JmesNode(int depth)
{
    /// <summary>Deeper trees are refused at parse time: evaluation recurses.</summary>
    public const int DeepestTree = 400;

    public int Depth => depth;

    public static bool IsTrue(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean,
        ValueKind.String => value.AsText.Length > 0,
        ValueKind.Array or ValueKind.Object => value.Count > 0,
        ValueKind.Integer or ValueKind.Number => true,
        _ => false,
    };

    public abstract Value Evaluate(JmesContext context, Value current);
}
