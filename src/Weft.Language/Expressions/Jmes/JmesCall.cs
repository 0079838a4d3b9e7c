using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Jmes;

/// <summary>One call of a function.</summary>
internal readonly struct JmesCall(JmesContext context, JmesFunction function, JmesNode[] arguments, Value[] values, int offset)
{
    public JmesContext Context => context;

    public int Count => values.Length;

    public Value this[int index] => values[index];

    public Value[] All => values;

    public string Text(int index) => values[index].AsText;

    public Value[] Items(int index)
    {
        context.Budget.Spend(values[index].Count);
        return values[index].ToItems();
    }

    /// <summary>A whole number of an argument that may be left out.</summary>
    public long? Integer(int index)
    {
        if (index >= values.Length)
        {
            return null;
        }

        var number = values[index].AsDouble;
        return number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue
            ? (long)number
            : throw Fault("invalid-value", $"Argument {index + 1} of '{function.Name}' is a whole number.");
    }

    /// <summary>Evaluates an expression argument of a value.</summary>
    public Value Apply(int index, Value value)
    {
        context.Budget.Spend();
        return ((ExpressionNode)arguments[index]).Expression.Evaluate(context, value);
    }

    public JmesPathException Fault(string kind, string fault) => context.Fault(kind, fault, offset);

    public void CheckTypes()
    {
        for (var i = 0; i < values.Length; i++)
        {
            var wanted = function.Parameters[Math.Min(i, function.Parameters.Length - 1)];
            if (!Fits(wanted, arguments[i] is ExpressionNode, values[i]))
            {
                throw Fault(
                    "invalid-type",
                    $"Argument {i + 1} of '{function.Name}' is {Names(wanted)}, not "
                    + $"{(arguments[i] is ExpressionNode ? "an expression" : values[i].KindName)}.");
            }
        }
    }

    private static bool Fits(JmesTypes wanted, bool isExpression, Value value)
    {
        if (isExpression || wanted == JmesTypes.Expression)
        {
            return isExpression && wanted == JmesTypes.Expression;
        }

        var kind = value.Kind switch
        {
            ValueKind.Integer or ValueKind.Number => JmesTypes.Number,
            ValueKind.String => JmesTypes.String,
            ValueKind.Boolean => JmesTypes.Boolean,
            ValueKind.Array => JmesTypes.Array,
            ValueKind.Object => JmesTypes.Object,
            _ => JmesTypes.Null,
        };
        return (wanted & kind) != JmesTypes.None
            || (value.IsList && (wanted & JmesTypes.Numbers) != JmesTypes.None && Array.TrueForAll(value.ToItems(), x => x.IsNumber))
            || (value.IsList && (wanted & JmesTypes.Strings) != JmesTypes.None && Array.TrueForAll(value.ToItems(), x => x.IsText));
    }

    private static string Names(JmesTypes types)
    {
        var parts = new List<string>();
        foreach (var (type, name) in ((JmesTypes, string)[])[(JmesTypes.Number, "a number"), (JmesTypes.String, "text"),
            (JmesTypes.Boolean, "a boolean"), (JmesTypes.Array, "a list"),
            (JmesTypes.Object, "an object"), (JmesTypes.Null, "null"), (JmesTypes.Expression, "an expression such as &name"),
            (JmesTypes.Numbers, "a list of numbers"), (JmesTypes.Strings, "a list of texts")])
        {
            if ((types & type) != JmesTypes.None)
            {
                parts.Add(name);
            }
        }

        return string.Join(" or ", parts);
    }
}
