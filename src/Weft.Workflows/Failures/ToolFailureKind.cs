using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Failures;

/// <summary>
/// The kinds of failure that a tool call can come to, a row each: its stored word, and what it means to whoever meets it.
/// </summary>
/// <remarks>The words are stored in histories, records and definitions: none is renamed, none gets another meaning.</remarks>
public sealed record ToolFailureKind
{
    private ToolFailureKind(string word) => Word = word;

    /// <summary>Gets the kind of a tool that answered with an error of its own.</summary>
    public static ToolFailureKind ProviderError { get; } = new("provider_error");

    /// <summary>Gets the kind of arguments that do not fit; nothing was sent.</summary>
    public static ToolFailureKind InvalidArguments { get; } = new("invalid_arguments") { Refused = true, Fault = Fault.Invalid };

    /// <summary>Gets the kind of a name that is no tool's.</summary>
    public static ToolFailureKind UnknownTool { get; } = new("unknown_tool") { Refused = true, Fault = Fault.NotFound };

    /// <summary>Gets the kind of an app to which nobody's account is connected.</summary>
    public static ToolFailureKind NotConnected { get; } = new("not_connected") { Refused = true, Fault = Fault.Conflict };

    /// <summary>Gets the kind of a call that may not be made.</summary>
    public static ToolFailureKind NotAllowed { get; } = new("refused") { Refused = true, Fault = Fault.Forbidden };

    /// <summary>Gets the kind of a call too many in a span of time.</summary>
    public static ToolFailureKind RateLimited { get; } = new("rate_limited") { Fault = Fault.RateLimited };

    /// <summary>Gets the kind of no answer in time.</summary>
    public static ToolFailureKind Timeout { get; } = new("timeout");

    /// <summary>Gets the kind of a connection that failed.</summary>
    public static ToolFailureKind Network { get; } = new("network");

    /// <summary>Gets the kind of a service that broke.</summary>
    public static ToolFailureKind ServerError { get; } = new("server_error");

    /// <summary>Gets the kind of a tool that cannot be reached or is not set up.</summary>
    public static ToolFailureKind Unavailable { get; } = new("unavailable") { Fault = Fault.Unavailable };

    /// <summary>Gets the kind of an answer that breaks the tool's own promise; the call was made.</summary>
    public static ToolFailureKind OutputSchemaViolation { get; } = new("output_schema_violation");

    /// <summary>Gets the kind of a call of which nobody can say whether it took effect.</summary>
    public static ToolFailureKind UnknownOutcome { get; } = new("unknown_outcome");

    /// <summary>Gets every row.</summary>
    public static IReadOnlyList<ToolFailureKind> All { get; } =
    [
        ProviderError, InvalidArguments, UnknownTool, NotConnected, NotAllowed, RateLimited,
        Timeout, Network, ServerError, Unavailable, OutputSchemaViolation, UnknownOutcome,
    ];

    /// <summary>Gets the word that is stored.</summary>
    public string Word { get; }

    /// <summary>Gets a value indicating whether figures count it as refused, and not as the tool's failure.</summary>
    public bool Refused { get; private init; }

    /// <summary>Gets what answers a direct caller; null: that the tool failed is the answer.</summary>
    public Fault? Fault { get; private init; }

    /// <summary>
    /// The row of a stored word; one that no row has, such as the code of an activity that broke, means no more than that it failed.
    /// </summary>
    public static ToolFailureKind Of(string word) => All.FirstOrDefault(k => k.Word == word) ?? new ToolFailureKind(word);

    /// <summary>Whether a failure is of this kind.</summary>
    public bool Is(ToolFailure failure) => failure.Kind == Word;

    /// <summary>A failure of this kind.</summary>
    /// <param name="message">What happened, fit for a model to read; no secrets.</param>
    /// <param name="retryable">Whether the same call may succeed later, and it is safe to make it again.</param>
    public ToolFailure Failure(string message, bool retryable = false) => new(Word, message, retryable);
}
