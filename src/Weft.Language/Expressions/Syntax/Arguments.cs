using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>The arguments of one call, read by type; a wrong one is an error that names the parameter.</summary>
internal readonly struct Arguments(RenderContext context, Function function, Value[] values)
{
    public RenderContext Context => context;

    public int Count => values.Length;

    public Value[] All => values;

    public Value this[int index] => index < values.Length ? values[index] : default;

    public bool Has(int index) => this[index].Kind > ValueKind.Undefined;

    /// <summary>A text; null is the empty one, numbers and booleans are written out.</summary>
    public string Text(int index) => this[index].Kind switch
    {
        ValueKind.Array or ValueKind.Object or ValueKind.Namespace => throw Wrong(index, "text"),
        ValueKind.String => Charged(values[index].AsText),
        _ => context.TextOf(this[index]),
    };

    public string Text(int index, string fallback) => Has(index) && this[index].Kind != ValueKind.Null ? Text(index) : fallback;

    public long Integer(int index)
    {
        var value = this[index];
        return value.Kind switch
        {
            ValueKind.Integer or ValueKind.Boolean => value.AsInteger,
            ValueKind.Number when value.AsDouble == Math.Floor(value.AsDouble) && Math.Abs(value.AsDouble) < 9e18 => (long)value.AsDouble,
            _ => throw Wrong(index, "a whole number"),
        };
    }

    public long Integer(int index, long fallback) => Has(index) && this[index].Kind != ValueKind.Null ? Integer(index) : fallback;

    /// <summary>A number of things; negative is 0, and beyond what can be is the most that can be.</summary>
    public int Size(int index, int fallback = 0) => (int)Math.Clamp(Integer(index, fallback), 0, int.MaxValue / 2);

    public Value Number(int index)
    {
        var value = this[index];
        return value.Kind == ValueKind.Boolean ? Value.Of(value.AsInteger) : value.IsNumber ? value : throw Wrong(index, "a number");
    }

    public bool Flag(int index, bool fallback = false) => Has(index) ? this[index].IsTruthy : fallback;

    /// <summary>The items of a list; null has none, and an object or a text counts as what a loop would go over.</summary>
    public Value[] Items(int index)
    {
        var value = this[index];
        return value.Kind switch
        {
            ValueKind.Array or ValueKind.Object or ValueKind.String or ValueKind.Null => Iteration.Items(context, value, context.At),
            _ => throw Wrong(index, "a list"),
        };
    }

    /// <summary>An object; null is the empty one.</summary>
    public Value Object(int index)
    {
        var value = this[index];
        context.Budget.Spend(value.Count);
        return value.IsObject ? value : value.Kind == ValueKind.Null ? Value.Of(new MapValue()) : throw Wrong(index, "an object");
    }

    public TemplateException Wrong(int index, string wanted) => Fault(
        $"'{function.Name}' needs {wanted} as '{Parameter(index)}', not {this[index].KindName}.");

    public TemplateException Fault(string message, string code = TemplateErrorCodes.Type) => context.Fault(code, message);

    private string Parameter(int index) => function.Parameters[Math.Min(index, function.Parameters.Length - 1)].TrimEnd('…');

    private string Charged(string text)
    {
        context.Budget.Spend(1 + (text.Length / 16));
        return text;
    }
}
