using Weft.Language.Expressions.Values;

namespace Weft.Language.Expressions.Syntax;

/// <summary>A function of the templates: a filter, a call and a Go function are the same thing, written differently.</summary>
internal sealed class Function
{
    /// <param name="name">Its name.</param>
    /// <param name="parameters">The names of its parameters, by commas: <c>?</c> behind one that may be left out, <c>…</c> behind one that
    /// may be repeated.</param>
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

    public string Signature =>
        Name + "(" + string.Join(", ", Parameters.Select((x, i) => i < Required || x.EndsWith('…') ? x : x + "?")) + ")";

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
                        $"'{Name}' can't work on a secret: the value of "
                        + $"{string.Join(", ", SecretPlaceholders.Names(value.AsText).Select(x => "env." + x))} is put in right before "
                        + $"it is sent.");
                }
            }
        }

        return Body(new Arguments(context, this, values));
    }
}
