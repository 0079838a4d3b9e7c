using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Tokens;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Calls;

/// <summary>How long a reply may be, and what the call costs at least and at most.</summary>
/// <param name="PromptTokens">The prompt, on the safe side.</param>
/// <param name="MaxOutputTokens">The limit of the reply.</param>
/// <param name="LeastUsd">With a reply of the length that was estimated; null: the price is not known.</param>
/// <param name="MostUsd">With a reply as long as the limit.</param>
internal sealed record SpendingPlan(int PromptTokens, int MaxOutputTokens, decimal? LeastUsd, decimal? MostUsd)
{
    // The share of a routing estimate that is reply, and the shortest reply that is worth a call.
    private const double OutputShare = 0.4;
    private const int ShortestReply = 64;

    // No text that the tests know has more than twice the tokens of its estimate; a reservation must not err below.
    private const int CeilingFactor = 2;

    // What frames a prompt differs from provider to provider.
    private const int Slack = 32;

    // Below this share of what is left, the difference between the ceiling of a prompt and its count is not worth a vocabulary.
    private const int SmallShare = 10;

    // Thinking counts as reply.
    private const int ThinkingFactor = 4;

    /// <summary>Gets a value indicating whether the prompt was counted, not estimated.</summary>
    public bool IsExact { get; private init; }

    /// <summary>The plan by an estimate: the prompt may have fewer tokens, and never more.</summary>
    public static SpendingPlan ByEstimate(CallModelRequest request, ModelSpec spec, PreparedCall call, ModelsOptions options) =>
        For(request, spec, Ceiling(spec, call.Prompt), options);

    /// <summary>The most tokens that a prompt may have, by its estimate.</summary>
    public static int Ceiling(ModelSpec spec, PromptText prompt) =>
        (int)Math.Min(int.MaxValue / 2, (CeilingFactor * TokenVocabulary.Of(spec).Margin * prompt.Tokens(TokenEstimator.Estimate)) + Slack);

    /// <summary>The plan by a count.</summary>
    public static SpendingPlan ByCount(
        CallModelRequest request, ModelSpec spec, PreparedCall call, ModelsOptions options, Func<string, int> count) =>
        For(request, spec, call.Prompt.Tokens(count) + Slack, options) with { IsExact = true };

    /// <summary>Whether the estimate takes from the reply's room in the window what a count might leave it.</summary>
    public bool IsTooRoughFor(CallModelRequest request, ModelSpec spec, ModelsOptions options) =>
        !IsExact && spec.ContextWindow is { } window && window - PromptTokens < LimitOf(request, spec, options)
            && PromptTokens > window / SmallShare;

    /// <summary>Whether the estimate takes from the money that is left for the reply what a count might leave it.</summary>
    public bool IsTooRoughFor(decimal leftUsd, ModelSpec spec) =>
        !IsExact && MostUsd > leftUsd && spec.Price is { } price && price.CostOf(PromptTokens, 0) > leftUsd / SmallShare;

    private static SpendingPlan For(CallModelRequest request, ModelSpec spec, int prompt, ModelsOptions options)
    {
        var limit = LimitOf(request, spec, options);

        // Prompt and limit together must fit the window, or the provider refuses the call for a reply that nobody wrote yet.
        if (spec.ContextWindow is { } window)
        {
            limit = Math.Min(limit, Math.Max(ShortestReply, window - prompt));
        }

        var expected = Math.Min(limit, Math.Max(ShortestReply, (int)(request.EstimatedTokens * OutputShare)));
        return new SpendingPlan(prompt, limit, spec.Price?.CostOf(prompt, expected), spec.Price?.CostOf(prompt, limit));
    }

    private static int LimitOf(CallModelRequest request, ModelSpec spec, ModelsOptions options)
    {
        var own = spec.Supports.HasFlag(ModelSupport.Reasoning) ? options.MaxOutputTokens * ThinkingFactor : options.MaxOutputTokens;
        return Math.Max(1, Math.Min(request.MaxTokens ?? spec.MaxTokens ?? own, spec.MaxOutputTokens ?? int.MaxValue));
    }

    /// <summary>The plan with the reply cut to what the money buys.</summary>
    public SpendingPlan Within(decimal grantedUsd, ModelSpec spec)
    {
        if (MostUsd is not { } most || most <= grantedUsd || spec.Price is not { } price)
        {
            return this;
        }

        var perToken = price.CostOf(PromptTokens, 1) - price.CostOf(PromptTokens, 0);
        var affordable =
            perToken <= 0 ? MaxOutputTokens : (int)Math.Clamp((grantedUsd - price.CostOf(PromptTokens, 0)) / perToken, 1, MaxOutputTokens);
        return this with { MaxOutputTokens = affordable, MostUsd = grantedUsd };
    }
}
