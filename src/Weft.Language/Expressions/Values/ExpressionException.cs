namespace Weft.Language.Expressions.Values;

/// <summary>A template or an expression that goes wrong where its place in the text is not at hand.</summary>
/// <remarks>Codes: <see cref="TemplateErrorCodes"/>. Whoever knows the place makes a <see cref="TemplateException"/> of it.</remarks>
public class ExpressionException : WeftException
{
    /// <param name="code">One of <see cref="TemplateErrorCodes"/>.</param>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public ExpressionException(string code, string message, Exception? innerException = null)
        : base(code, Fault.Internal, message, innerException)
    {
    }
}
