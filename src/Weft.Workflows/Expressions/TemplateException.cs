namespace Weft.Workflows.Expressions;

/// <summary>The codes of what can be wrong with a template, an expression or a condition.</summary>
public static class TemplateErrorCodes
{
    /// <summary>It can't be read.</summary>
    public const string Syntax = "template_syntax";

    /// <summary>It calls what does not exist.</summary>
    public const string UnknownFunction = "template_unknown_function";

    /// <summary>It needs a path that leads to nothing.</summary>
    public const string UnknownPath = "template_unknown_path";

    /// <summary>It asks a value for what its type can't do.</summary>
    public const string Type = "template_type";

    /// <summary>It asks for more work, text or depth than <see cref="TemplateLimits"/> allow.</summary>
    public const string Limit = "template_limit";

    /// <summary>It asks to look into, or change, what is only put in right before the wire.</summary>
    public const string Secret = "template_secret";

    /// <summary>It asks for a clock, a tool or a schema where there is none.</summary>
    public const string Unavailable = "template_unavailable";

    /// <summary>The template itself said <c>fail</c> or <c>required</c>.</summary>
    public const string Failed = "template_failed";

    /// <summary>A value does not have the form of the schema it was held against.</summary>
    public const string Schema = "template_schema";
}

/// <summary>A template or an expression that can't be read or evaluated, with its place in the text.</summary>
public sealed class TemplateException : WeftException
{
    internal TemplateException(string code, string fault, TemplatePosition position, string expression, Exception? innerException = null)
        : base(code, Describe(fault, position, expression), innerException)
    {
        Fault = fault;
        Position = position;
        Expression = expression;
    }

    /// <summary>Gets what is wrong, without the place.</summary>
    public string Fault { get; }

    /// <summary>Gets where in the text it is.</summary>
    public TemplatePosition Position { get; }

    /// <summary>Gets the expression as it is written, cut to 120 characters; never its value.</summary>
    public string Expression { get; }

    /// <summary>Gets the path that led to nothing, when the code is <see cref="TemplateErrorCodes.UnknownPath"/>.</summary>
    public string? UnknownPath { get; init; }

    /// <summary>Gets the nearest known path, when there is one.</summary>
    public string? Suggestion { get; init; }

    private static string Describe(string fault, TemplatePosition position, string expression) =>
        expression.Length == 0
            ? $"{fault} (line {position.Line}, column {position.Column})"
            : $"{fault} (line {position.Line}, column {position.Column}, in: {expression})";
}

/// <summary>A place in a template's text.</summary>
/// <param name="Offset">UTF-16 units from its start, from 0.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 units, from 1.</param>
public readonly record struct TemplatePosition(int Offset, int Line, int Column)
{
    /// <summary>The place at an offset of a text.</summary>
    public static TemplatePosition At(string source, int offset)
    {
        var end = Math.Clamp(offset, 0, source.Length);
        var before = source.AsSpan(0, end);
        return new TemplatePosition(end, before.Count('\n') + 1, end - before.LastIndexOf('\n'));
    }
}
