using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language;
using Weft.Language.Loading;
using Weft.Language.Schemas;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>
/// Composio could not be asked, or did not answer as it should. What a provider reports as failed is not this: see
/// <see cref="ComposioExecution"/>.
/// </summary>
internal sealed class ComposioException(ComposioErrorKind kind, string message, Exception? innerException = null)
    : WeftException(CodeOf(kind), FaultOf(kind), message, innerException)
{
    /// <summary>Gets what kind of thing went wrong.</summary>
    public ComposioErrorKind Kind { get; } = kind;

    /// <summary>Gets the HTTP status; null: there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Gets Composio's own code or slug, such as <c>1803</c> or <c>Tool_ToolNotFound</c>.</summary>
    public string? ApiCode { get; init; }

    /// <summary>Gets the id by which Composio's support finds the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Gets the wait that was asked for.</summary>
    public TimeSpan? RetryAfter
    {
        get;
        init
        {
            field = value;
            Fault = Fault with { Wait = value ?? Fault.Wait };
        }
    }

    /// <summary>Gets a value indicating whether the request may have taken effect though no answer says so.</summary>
    public bool MayHaveTakenEffect { get; init; }

    /// <summary>Gets a value indicating whether the same request may be answered a little later.</summary>
    public bool Transient => Fault.Retryable;

    /// <summary>Makes the exception for an answer that is no success.</summary>
    /// <remarks>
    /// Four shapes of body exist: an error object with a numeric code, one with a textual code, a bare message, and a gateway's page.
    /// </remarks>
    internal static ComposioException Of(int status, TimeSpan? retryAfter, string body, string what, Func<string, string> redact)
    {
        var root = LenientJson.Parse(body);
        var error = root?["error"] as JsonObject;
        var message = error.Text("message") ?? root.Text("message") ?? root.Text("error")
            ?? (body.TrimStart().StartsWith('<') ? "the gateway answered with a page" : body.Trim().Clip(501));
        var code = error.Text("slug") ?? error.Text("code") ?? root.Text("code");
        var fix = error.Text("suggested_fix") ?? error.Text("suggestedFix");
        var kind = KindOf(status, error.Text("code"), error.Text("slug"), message);
        var text = $"Composio answered {status} to {what}: "
            + $"{(message.Length == 0 ? "no text" : message.TrimEnd('.'))}{(code is null ? "" : $" ({code})")}."
            + (string.IsNullOrWhiteSpace(fix) ? "" : $" {fix.TrimEnd('.')}.") + Advice(kind);
        return new ComposioException(kind, redact(text.Clip(1_501)))
        {
            HttpStatus = status,
            ApiCode = code,
            RequestId = error.Text("request_id"),
            RetryAfter = retryAfter,
            MayHaveTakenEffect = kind == ComposioErrorKind.Server,
        };
    }

    private static ComposioErrorKind KindOf(int status, string? code, string? slug, string message) => status switch
    {
        401 => ComposioErrorKind.Unauthorized,
        403 => ComposioErrorKind.Forbidden,
        422 => ComposioErrorKind.NotConnected,
        429 => ComposioErrorKind.RateLimited,
        501 => ComposioErrorKind.NotImplemented,
        _ when code == "1803" || (slug?.Contains("ConnectedAccountNotFound", StringComparison.OrdinalIgnoreCase) ?? false) =>
            ComposioErrorKind.NotConnected,
        400 when message.Contains("No connected account", StringComparison.OrdinalIgnoreCase) => ComposioErrorKind.NotConnected,
        404 => ComposioErrorKind.NotFound,
        409 => ComposioErrorKind.Conflict,
        410 => ComposioErrorKind.Gone,
        >= 500 => ComposioErrorKind.Server,
        _ => ComposioErrorKind.BadRequest,
    };

    private static string Advice(ComposioErrorKind kind) => kind switch
    {
        ComposioErrorKind.Unauthorized =>
            " Check COMPOSIO_API_KEY and the key's scopes; a burst of these for a key that worked may be an outage.",
        ComposioErrorKind.Forbidden => " The key may be bound to other addresses.",
        ComposioErrorKind.Gone => " Is COMPOSIO_BASE_URL ending in /api/v3.1, and the tool's version still served?",
        _ => "",
    };

    private static Fault FaultOf(ComposioErrorKind kind) => kind switch
    {
        ComposioErrorKind.NotConfigured => Fault.NotSetUp with { Wait = TimeSpan.FromHours(1) },
        ComposioErrorKind.BadRequest => Fault.Invalid,
        ComposioErrorKind.NotConnected or ComposioErrorKind.Conflict => Fault.Conflict,
        ComposioErrorKind.NotFound => Fault.NotFound,
        ComposioErrorKind.RateLimited => Fault.RateLimited,
        ComposioErrorKind.NotImplemented => Fault.NotImplemented,
        ComposioErrorKind.Server or ComposioErrorKind.Network => Fault.Upstream with { Retryable = true },
        ComposioErrorKind.Timeout => new Fault(FaultCategory.UpstreamTimeout, Retryable: true),
        ComposioErrorKind.Unauthorized or ComposioErrorKind.Forbidden or ComposioErrorKind.Gone or ComposioErrorKind.BadReply =>
            Fault.Upstream,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "The kind has no fault."),
    };

    private static string CodeOf(ComposioErrorKind kind) =>
        "composio_" + kind.Word();
}
