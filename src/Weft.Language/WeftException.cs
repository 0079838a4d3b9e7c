namespace Weft.Language;

/// <summary>A failure that a user can act on: what went wrong, where, and what to do about it.</summary>
/// <remarks>The message never holds a secret or the text of a prompt: it is shown, logged and stored.</remarks>
public class WeftException : Exception
{
    /// <param name="code">A stable, lower-case code such as <c>no_model_answered</c>; never reused for another meaning.</param>
    /// <param name="fault">What the failure means to an API, a command line, a queue or a retry.</param>
    /// <param name="message">What went wrong, where, and what to do.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public WeftException(string code, Fault fault, string message, Exception? innerException = null)
        : base(message, innerException) => (Code, Fault) = (code, fault);

    /// <summary>Gets the stable code.</summary>
    public string Code { get; }

    /// <summary>Gets what the failure means to whoever meets it.</summary>
    public Fault Fault { get; protected init; }
}
