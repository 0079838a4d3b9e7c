using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Jmes;

/// <summary><c>&amp;expression</c>: an argument that the function evaluates itself.</summary>
internal sealed class ExpressionNode(JmesNode expression) : JmesNode(1 + expression.Depth)
{
    public JmesNode Expression => expression;

    public override Value Evaluate(JmesContext context, Value current) => Value.Null;
}

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

/// <summary>The types that an argument may have.</summary>
[Flags]
internal enum JmesTypes
{
    None = 0,
    Number = 1,
    String = 2,
    Boolean = 4,
    Array = 8,
    Object = 16,
    Null = 32,
    Expression = 64,
    Numbers = 128,
    Strings = 256,
    Any = Number | String | Boolean | Array | Object | Null,
}

/// <param name="Name">Its name.</param>
/// <param name="Parameters">The types of its arguments; the last is for all that follow when it takes any number.</param>
/// <param name="Least">The fewest arguments.</param>
/// <param name="Most">The most arguments.</param>
/// <param name="Body">Does it.</param>
internal sealed record JmesFunction(string Name, JmesTypes[] Parameters, int Least, int Most, Func<JmesCall, Value> Body)
{
    public string Arity => Most == int.MaxValue ? $"at least {Plural(Least)}" : Least == Most ? Plural(Least) : $"{Least} to {Plural(Most)}";

    private static string Plural(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}

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
                    $"Argument {i + 1} of '{function.Name}' is {Names(wanted)}, not {(arguments[i] is ExpressionNode ? "an expression" : values[i].KindName)}.");
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
        foreach (var (type, name) in ((JmesTypes, string)[])[(JmesTypes.Number, "a number"), (JmesTypes.String, "text"), (JmesTypes.Boolean, "a boolean"), (JmesTypes.Array, "a list"),
            (JmesTypes.Object, "an object"), (JmesTypes.Null, "null"), (JmesTypes.Expression, "an expression such as &name"), (JmesTypes.Numbers, "a list of numbers"), (JmesTypes.Strings, "a list of texts")])
        {
            if ((types & type) != JmesTypes.None)
            {
                parts.Add(name);
            }
        }

        return string.Join(" or ", parts);
    }
}
