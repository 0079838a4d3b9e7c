using Weft.Workflows.Expressions.Syntax;
using Weft.Workflows.Expressions.Values;

namespace Weft.Workflows.Expressions.Functions;

internal delegate Value FunctionBody(Arguments arguments);

/// <summary>How Go templates order the arguments of a function, whose own order here has the value it works on first.</summary>
internal enum GoOrder
{
    /// <summary>The same.</summary>
    Same,
    /// <summary>The value it works on comes last: <c>replace old new text</c>.</summary>
    ValueLast,
    /// <summary>The value it works on comes second: <c>regexReplaceAll pattern text replacement</c>.</summary>
    ValueSecond,
}

/// <summary>A function of the templates: a filter, a call and a Go function are the same thing, written differently.</summary>
internal sealed class Function
{
    /// <param name="name">Its name.</param>
    /// <param name="parameters">The names of its parameters, by commas: <c>?</c> behind one that may be left out, <c>…</c> behind one that may be repeated.</param>
    /// <param name="summary">What it does, for docs/template-functions.md.</param>
    /// <param name="body">Does it.</param>
    public Function(string name, string parameters, string summary, FunctionBody body)
    {
        Name = name;
        Summary = summary;
        Body = body;
        var written = parameters.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Parameters = [.. written.Select(x => x.TrimEnd('?'))];
        Required = written.Count(x => !x.EndsWith('?') && !x.EndsWith('…'));
    }

    public string Name { get; }

    /// <summary>Gets the names of its parameters; the last ends in <c>…</c> when it takes any number.</summary>
    public string[] Parameters { get; }

    public int Required { get; }

    public FunctionBody Body { get; }

    public string Summary { get; }

    public string[] Aliases { get; init; } = [];

    public GoOrder Order { get; init; }

    /// <summary>Gets a value indicating whether it may be asked about a path that leads to nothing.</summary>
    public bool IsTolerant { get; init; }

    /// <summary>Gets a value indicating whether a secret's mark passes through it whole.</summary>
    public bool PassesSecrets { get; init; }

    /// <summary>Gets a value indicating whether its bare name, without arguments, is a call where the scope has no such name.</summary>
    public bool IsBare { get; init; }

    /// <summary>Gets what it is called in the Go notation where it means something else there.</summary>
    public string? InGo { get; init; }

    /// <summary>Gets what is called instead where arguments are given by name.</summary>
    public string? WithNames { get; init; }

    /// <summary>Gets a value indicating whether it serves a notation only, and is not for writing out.</summary>
    public bool IsHidden { get; init; }

    public bool IsVariadic => Parameters is [.., var last] && last.EndsWith('…');

    public int Most => IsVariadic ? int.MaxValue : Parameters.Length;

    public string Signature => Name + "(" + string.Join(", ", Parameters.Select((x, i) => i < Required || x.EndsWith('…') ? x : x + "?")) + ")";

    public Value Invoke(RenderContext context, Value[] values)
    {
        context.Budget.Spend(values.Length + 1);
        if (!PassesSecrets)
        {
            foreach (var value in values)
            {
                if (value.IsText && SecretPlaceholders.Contains(value.AsText))
                {
                    throw context.Fault(
                        TemplateErrorCodes.Secret,
                        $"'{Name}' can't work on a secret: the value of {string.Join(", ", SecretPlaceholders.Names(value.AsText).Select(x => "env." + x))} is put in right before it is sent.");
                }
            }
        }

        return Body(new Arguments(context, this, values));
    }
}

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

/// <summary>A test behind <c>is</c>.</summary>
internal sealed record ValueTest(
    string Name, string Summary, int Arguments, Func<RenderContext, Value, Value[], bool> Holds, bool IsTolerant = false);
