namespace Weft.Language.Expressions.Values;

/// <summary>A template or an expression that can't be read or evaluated, with its place in the text.</summary>
public sealed class TemplateException : ExpressionException
{
    internal TemplateException(string code, string fault, TemplatePosition position, string expression, Exception? innerException = null)
        : base(code, Describe(fault, position, expression), innerException)
    {
        Reason = fault;
        Position = position;
        Expression = expression;
    }

    /// <summary>Gets what is wrong, without the place.</summary>
    public string Reason { get; }

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
