using System.Text.Json;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Models.Providers;

/// <summary>Says what kind of failure a call came to, and what may survive it. The one place that decides.</summary>
internal static class FailureClassifier
{
    private static readonly string[] QuotaWords =
    [
        "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded", "project_spend_limit_exceeded",
        "organization_usage_limit_exceeded", "enforced_spend_limit_reached", "billing_error", "billing_hard_limit_reached",
    ];

    private static readonly string[] FilterWords =
        ["content_filter", "content_policy_violation", "responsibleaipolicyviolation", "content_policy", "safety"];

    private static readonly string[] TooLongTexts =
        ["prompt is too long", "maximum context length", "context window", "context length", "input is too long", "too many input tokens"];

    private static readonly string[] UnsupportedTexts = ["does not support", "not supported", "unsupported"];

    /// <summary>Classifies what a call threw. A cancellation by our own caller never comes here.</summary>
    public static ModelFailure Classify(Exception exception, CallFacts facts) => exception switch
    {
        WireFailureException wire => OfWire(wire, facts),
        OperationCanceledException or TimeoutException => Failure(
            "timeout", $"{facts.Model} gave no whole answer within {facts.Timeout.TotalSeconds:0.#} s.", other: true, transient: true),
        HttpRequestException or IOException => Failure("network", $"{facts.Model} was not reached: the connection to it failed.", other: true, transient: true),
        JsonException => Failure("malformed_reply", $"{facts.Model} answered what is no valid JSON.", other: true, transient: true),
        _ when exception.InnerException is WireFailureException or HttpRequestException or IOException or OperationCanceledException =>
            Classify(exception.InnerException, facts),
        _ => Failure("malformed_reply", $"{facts.Model} answered what cannot be read ({exception.GetType().Name}).", other: true, transient: true),
    };

    private static ModelFailure OfWire(WireFailureException wire, CallFacts facts)
    {
        var failure = wire.Stage switch
        {
            WireStage.Connect => Failure("network", $"{facts.Model} was not reached: {wire.Message}. Check {facts.Endpoint}.", other: true, transient: true),
            WireStage.Reply => Failure("malformed_reply", $"{facts.Model} answered badly: {wire.Message}.", other: true, transient: true),
            _ => OfStatus(wire, facts),
        };
        return failure with
        {
            HttpStatus = wire.Status,
            RetryAfterMs = wire.RetryAfter is { } wait && failure.Kind is "rate_limited" or "overloaded" or "server_error" or "quota"
                ? (long)wire.RetryAfter!.Value.TotalMilliseconds
                : null,
        };
    }

    private static ModelFailure OfStatus(WireFailureException wire, CallFacts facts)
    {
        var status = wire.Status ?? 0;
        if (Is(wire, "context_length_exceeded") || status == 413 || (status == 400 && TooLongTexts.Any(wire.DetailSays)))
        {
            return Of("context_too_long", "the prompt is too long for it. A model with a larger window may take it", other: true);
        }

        if (FilterWords.Any(wire.Says) && status < 500)
        {
            return Of("content_filter", "its content filter refused the prompt", other: false);
        }

        if (IsQuota(wire, status))
        {
            return Of("quota", $"the account has no quota or credit left. Top it up, or raise the limit at {facts.Provider}", other: true);
        }

        return status switch
        {
            401 => Of("auth", $"the key is refused. Check {facts.KeySetting}", other: true),
            400 when Is(wire, "api_key_invalid") => Of("auth", $"the key is refused. Check {facts.KeySetting}", other: true),
            403 => Of("auth", $"the key may not use it, or not from here. Check {facts.KeySetting} and the account's permissions", other: true),
            404 => Of("not_found", "there is no such model or endpoint (any more)", other: true),
            429 or 498 => Of("rate_limited", "too many requests or tokens", other: true, transient: true),
            503 or 529 => Of("overloaded", "it is overloaded", other: true, transient: true),
            408 or 409 or 424 or 425 or 499 or >= 500 => Of("server_error", "the provider failed", other: true, transient: true),
            400 when Is(wire, "tool_use_failed") => Of("malformed_reply", "the model wrote a tool call that its provider could not read", other: true, transient: true),
            >= 300 and < 400 => Of("bad_request", $"the endpoint redirects elsewhere. Correct the base URL ({facts.Endpoint})", other: true),
            _ => Of("bad_request", "the request is refused", other: UnsupportedTexts.Any(wire.DetailSays) || wire.Words.Any(w => w.StartsWith("unsupported", StringComparison.Ordinal))),
        };

        ModelFailure Of(string kind, string meaning, bool other, bool transient = false)
        {
            var shown = kind is "content_filter" or "auth" ? null : ProviderText.Clean(wire.Detail, facts.Key, facts.PromptTexts);
            var word = wire.Words.FirstOrDefault(w => w.Length <= 64 && w.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-'));
            return Failure(kind, $"{facts.Model}: {meaning} (HTTP {status}{(word is null ? "" : $", {word}")}{(shown is null ? "" : $": {shown}")}).", other, transient);
        }
    }

    private static bool IsQuota(WireFailureException wire, int status) =>
        status == 402
        || QuotaWords.Any(wire.Says)
        || (status == 429 && wire.Words.Any(w => w.Contains("perday", StringComparison.Ordinal)))
        || (status is 400 or 429 && (wire.DetailSays("usage limits") || wire.DetailSays("credit balance") || wire.DetailSays("exceeded your current quota") || wire.DetailSays("spend limit")));

    private static bool Is(WireFailureException wire, string word) => wire.Says(word);

    private static ModelFailure Failure(string kind, string message, bool other, bool transient) => new(kind, message, other, transient);
}

/// <summary>What a failure's message may name.</summary>
/// <param name="Model">Provider and model.</param>
/// <param name="Provider">The provider.</param>
/// <param name="Endpoint">The endpoint, without query.</param>
/// <param name="KeySetting">The setting that holds the key.</param>
/// <param name="Key">The key, so that it can be struck out.</param>
/// <param name="PromptTexts">The prompt, so that it can be struck out.</param>
/// <param name="Timeout">The time limit.</param>
internal sealed record CallFacts(
    string Model, string Provider, string Endpoint, string KeySetting, string? Key, IReadOnlyList<string> PromptTexts, TimeSpan Timeout)
{
    public override string ToString() => Model;
}
