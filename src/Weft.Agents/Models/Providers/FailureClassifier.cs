using System.Text.Json;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

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

    private static readonly string[] SpentTexts = ["usage limits", "credit balance", "exceeded your current quota", "spend limit"];

    private static readonly string[] UnsupportedTexts = ["does not support", "not supported", "unsupported"];

    /// <summary>Classifies what a call threw. A cancellation by our own caller never comes here.</summary>
    public static ModelFailure Classify(Exception exception, CallFacts facts) => exception switch
    {
        WireFailureException wire => OfWire(wire, facts),
        OperationCanceledException or TimeoutException =>
            ModelFailureKind.Timeout.Failure($"{facts.Model} gave no whole answer within {facts.Timeout.TotalSeconds:0.#} s."),
        HttpRequestException or IOException =>
            ModelFailureKind.Network.Failure($"{facts.Model} was not reached: the connection to it failed."),
        JsonException => ModelFailureKind.MalformedReply.Failure($"{facts.Model} answered what is no valid JSON."),
        _ when exception.InnerException is WireFailureException or HttpRequestException or IOException or OperationCanceledException =>
            Classify(exception.InnerException, facts),
        _ => ModelFailureKind.MalformedReply.Failure($"{facts.Model} answered what cannot be read ({exception.GetType().Name})."),
    };

    private static ModelFailure OfWire(WireFailureException wire, CallFacts facts)
    {
        var failure = wire.Stage switch
        {
            WireStage.Connect =>
                ModelFailureKind.Network.Failure($"{facts.Model} was not reached: {wire.Message}. Check {facts.Endpoint}."),
            WireStage.Reply => ModelFailureKind.MalformedReply.Failure($"{facts.Model} answered badly: {wire.Message}."),
            _ => OfStatus(wire, facts),
        };
        return failure with
        {
            Message = facts.Secrets.Hide(failure.Message),
            HttpStatus = wire.Status,
            RetryAfterMs = ModelFailureKind.Of(failure.Kind).MayHintWait ? (long?)wire.RetryAfter?.TotalMilliseconds : null,
        };
    }

    private static ModelFailure OfStatus(WireFailureException wire, CallFacts facts)
    {
        var status = wire.Status ?? 0;
        if (wire.Says("context_length_exceeded") || status == 413 || (status == 400 && TooLongTexts.Any(wire.DetailSays)))
        {
            return Of(ModelFailureKind.ContextTooLong, "the prompt is too long for it. A model with a larger window may take it");
        }

        if (FilterWords.Any(wire.Says) && status < 500)
        {
            return Of(ModelFailureKind.ContentFilter, "its content filter refused the prompt");
        }

        if (IsQuota(wire, status))
        {
            return Of(ModelFailureKind.Quota,
                $"the account has no quota or credit left. Top it up, or raise the limit at {facts.Provider}");
        }

        return status switch
        {
            401 => Of(ModelFailureKind.Auth, $"the key is refused. Check {facts.KeySetting}"),
            400 when wire.Says("api_key_invalid") => Of(ModelFailureKind.Auth, $"the key is refused. Check {facts.KeySetting}"),
            403 => Of(ModelFailureKind.Auth,
                $"the key may not use it, or not from here. Check {facts.KeySetting} and the account's permissions"),
            404 => Of(ModelFailureKind.NotFound, "there is no such model or endpoint (any more)"),
            429 or 498 => Of(ModelFailureKind.RateLimited, "too many requests or tokens"),
            503 or 529 => Of(ModelFailureKind.Overloaded, "it is overloaded"),
            408 or 409 or 424 or 425 or 499 or >= 500 => Of(ModelFailureKind.ServerError, "the provider failed"),
            400 when wire.Says("tool_use_failed") =>
                Of(ModelFailureKind.MalformedReply, "the model wrote a tool call that its provider could not read"),
            >= 300 and < 400 =>
                Of(ModelFailureKind.BadRequest, $"the endpoint redirects elsewhere. Correct the base URL ({facts.Endpoint})") with
            {
                MayTryOther = true,
            },
            _ => Of(ModelFailureKind.BadRequest, "the request is refused") with { MayTryOther = IsUnsupported(wire) },
        };

        ModelFailure Of(ModelFailureKind kind, string meaning)
        {
            var shown = kind.QuotesProvider ? ProviderText.Clean(wire.Detail, facts.Secrets, facts.PromptTexts) : null;
            var word = wire.Words.FirstOrDefault(IsShown);
            var said = $"HTTP {status}{(word is null ? "" : $", {word}")}{(shown is null ? "" : $": {shown}")}";
            return kind.Failure($"{facts.Model}: {meaning} ({said}).");
        }
    }

    private static bool IsQuota(WireFailureException wire, int status) =>
        status == 402
        || QuotaWords.Any(wire.Says)
        || (status == 429 && wire.Words.Any(w => w.Contains("perday", StringComparison.Ordinal)))
        || (status is 400 or 429 && SpentTexts.Any(wire.DetailSays));

    private static bool IsShown(string word) =>
        word.Length <= 64 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    private static bool IsUnsupported(WireFailureException wire) =>
        UnsupportedTexts.Any(wire.DetailSays) || wire.Words.Any(w => w.StartsWith("unsupported", StringComparison.Ordinal));
}
