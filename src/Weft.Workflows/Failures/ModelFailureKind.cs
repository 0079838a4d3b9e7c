using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Failures;

/// <summary>
/// The kinds of failure that a model call can come to, a row each: its stored word, and what it means to whoever meets it.
/// </summary>
/// <remarks>The words are stored in histories and records and are tags of metrics: none is renamed, none gets another meaning.</remarks>
public sealed record ModelFailureKind
{
    private ModelFailureKind(string word) => Word = word;

    /// <summary>Gets the kind of too many requests or tokens in a span of time.</summary>
    public static ModelFailureKind RateLimited { get; } = Passing("rate_limited") with { MayHintWait = true, Cooling = ModelCooling.Short };

    /// <summary>Gets the kind of a provider that has too much to do.</summary>
    public static ModelFailureKind Overloaded { get; } = Passing("overloaded") with { MayHintWait = true, Cooling = ModelCooling.Short };

    /// <summary>Gets the kind of an account without quota or credit.</summary>
    public static ModelFailureKind Quota { get; } = new("quota") { MayTryOther = true, MayHintWait = true, Cooling = ModelCooling.Long };

    /// <summary>Gets the kind of a provider that broke.</summary>
    public static ModelFailureKind ServerError { get; } = Passing("server_error") with { MayHintWait = true };

    /// <summary>Gets the kind of no whole answer in time.</summary>
    public static ModelFailureKind Timeout { get; } = Passing("timeout") with { MayBeBilled = true };

    /// <summary>Gets the kind of a connection that failed.</summary>
    public static ModelFailureKind Network { get; } = Passing("network");

    /// <summary>Gets the kind of a key that is missing, refused or may not.</summary>
    public static ModelFailureKind Auth { get; } =
        new("auth") { MayTryOther = true, Cooling = ModelCooling.UntilMended, QuotesProvider = false };

    /// <summary>Gets the kind of a model or endpoint that is not there.</summary>
    public static ModelFailureKind NotFound { get; } = new("not_found") { MayTryOther = true, Cooling = ModelCooling.UntilMended };

    /// <summary>Gets the kind of a request that the provider does not take.</summary>
    public static ModelFailureKind BadRequest { get; } = new("bad_request") { BlamesModel = false };

    /// <summary>Gets the kind of a prompt that is too long for the model.</summary>
    public static ModelFailureKind ContextTooLong { get; } = new("context_too_long") { MayTryOther = true, BlamesModel = false };

    /// <summary>Gets the kind of a prompt that the provider's filter refused.</summary>
    public static ModelFailureKind ContentFilter { get; } = new("content_filter") { BlamesModel = false, QuotesProvider = false };

    /// <summary>Gets the kind of an answer that cannot be read, or is empty.</summary>
    public static ModelFailureKind MalformedReply { get; } = Passing("malformed_reply") with { MayBeBilled = true };

    /// <summary>Gets the kind of a call that a budget does not allow; none was made.</summary>
    public static ModelFailureKind BudgetExceeded { get; } = new("budget_exceeded") { MayTryOther = true, BlamesModel = false };

    /// <summary>Gets the kind of a model that is left alone for a while; no call was made.</summary>
    public static ModelFailureKind CircuitOpen { get; } = Passing("circuit_open") with { BlamesModel = false, WasMade = false };

    /// <summary>Gets the kind of a call that its own caller gave up.</summary>
    public static ModelFailureKind Cancelled { get; } = new("cancelled") { BlamesModel = false };

    /// <summary>Gets every row.</summary>
    public static IReadOnlyList<ModelFailureKind> All { get; } =
    [
        RateLimited, Overloaded, Quota, ServerError, Timeout, Network, Auth, NotFound,
        BadRequest, ContextTooLong, ContentFilter, MalformedReply, BudgetExceeded, CircuitOpen, Cancelled,
    ];

    /// <summary>Gets the word that is stored.</summary>
    public string Word { get; }

    /// <summary>Gets a value indicating whether the same model may survive it a little later.</summary>
    public bool Transient { get; private init; }

    /// <summary>Gets a value indicating whether another model may survive it.</summary>
    public bool MayTryOther { get; private init; }

    /// <summary>Gets a value indicating whether it speaks against the model: a refused prompt or an empty purse does not.</summary>
    public bool BlamesModel { get; private init; } = true;

    /// <summary>Gets for how long the model is asked last; null: not at all.</summary>
    public ModelCooling? Cooling { get; private init; }

    /// <summary>Gets a value indicating whether a wait that the provider names belongs to it.</summary>
    public bool MayHintWait { get; private init; }

    /// <summary>Gets a value indicating whether the provider may have taken money though there is no answer.</summary>
    public bool MayBeBilled { get; private init; }

    /// <summary>Gets a value indicating whether what the provider wrote may be shown, cleaned.</summary>
    public bool QuotesProvider { get; private init; } = true;

    /// <summary>Gets a value indicating whether a call was made at all.</summary>
    public bool WasMade { get; private init; } = true;

    /// <summary>
    /// The row of a stored word; one that no row has, such as the code of an activity that broke, speaks against the model.
    /// </summary>
    public static ModelFailureKind Of(string word) => All.FirstOrDefault(k => k.Word == word) ?? new ModelFailureKind(word);

    /// <summary>A failure of this kind, with what the kind says of other models and another try.</summary>
    /// <param name="message">What happened; no secrets, no prompt text.</param>
    public ModelFailure Failure(string message) => new(Word, message, MayTryOther, Transient);

    /// <summary>What a call came to whose activity broke: another model may be asked unless it was refused for good.</summary>
    public static ModelFailure OfBroken(FailureDetails failure) => Of(failure.Code).Failure(failure.Message) with
    {
        MayTryOther = !failure.NonRetryable,
        Transient = false,
    };

    private static ModelFailureKind Passing(string word) => new(word) { MayTryOther = true, Transient = true };
}
