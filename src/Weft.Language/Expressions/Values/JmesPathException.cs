namespace Weft.Language.Expressions.Values;

/// <summary>A JMESPath expression that can't be read or evaluated. Codes: the kinds of error of its specification.</summary>
/// <remarks>
/// <c>jmespath_syntax</c>, <c>jmespath_invalid_type</c>, <c>jmespath_invalid_value</c>, <c>jmespath_invalid_arity</c>,
/// <c>jmespath_unknown_function</c>, <c>jmespath_undefined_variable</c>, and <c>jmespath_limit</c> for too much work.
/// </remarks>
internal sealed class JmesPathException : WeftException
{
    internal JmesPathException(string kind, string fault, string expression, int offset, Exception? innerException = null)
        : base("jmespath_" + kind.Replace('-', '_'), Language.Fault.Internal, $"{fault} (column {offset + 1}, in: {expression.Clip(120)})",
            innerException)
    {
        Kind = kind;
        Reason = fault;
        Offset = offset;
        Expression = expression;
    }

    /// <summary>
    /// Gets the kind as the specification spells it: <c>syntax</c>, <c>invalid-type</c>, <c>invalid-value</c>, <c>invalid-arity</c>,
    /// <c>unknown-function</c>.
    /// </summary>
    public string Kind { get; }

    /// <summary>Gets what is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>Gets the place in the expression, in UTF-16 units from 0.</summary>
    public int Offset { get; }

    /// <summary>Gets the expression.</summary>
    public string Expression { get; }

    internal static JmesPathException Syntax(string expression, int offset, string fault, Exception? innerException = null) =>
        new("syntax", fault, expression, offset, innerException);
}
