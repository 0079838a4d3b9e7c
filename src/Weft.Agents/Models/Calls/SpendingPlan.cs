using Weft.Agents.Models.Catalog;
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

    // Estimates of prompts err by a fifth or so; a reservation must not.
    private const double PromptSafety = 1.25;
    private const int PromptSlack = 32;

    // Thinking counts as reply.
    private const int ThinkingFactor = 4;

    public static SpendingPlan For(CallModelRequest request, ModelSpec spec, PreparedCall call, ModelsOptions options)
    {
        var prompt = (int)Math.Min(int.MaxValue / 2, (call.PromptTokens * PromptSafety) + PromptSlack);
        var wanted = request.MaxTokens ?? spec.MaxTokens ?? (spec.Supports.HasFlag(ModelSupport.Reasoning) ? options.MaxOutputTokens * ThinkingFactor : options.MaxOutputTokens);
        var limit = Math.Max(1, Math.Min(wanted, spec.MaxOutputTokens ?? int.MaxValue));

        // Prompt and limit together must fit the window, or the provider refuses the call for a reply that nobody wrote yet.
        if (spec.ContextWindow is { } window)
        {
            limit = Math.Min(limit, Math.Max(ShortestReply, window - prompt));
        }

        var expected = Math.Min(limit, Math.Max(ShortestReply, (int)(request.EstimatedTokens * OutputShare)));
        return new SpendingPlan(prompt, limit, spec.Price?.CostOf(prompt, expected), spec.Price?.CostOf(prompt, limit));
    }

    /// <summary>The plan with the reply cut to what the money buys.</summary>
    public SpendingPlan Within(decimal grantedUsd, ModelSpec spec)
    {
        if (MostUsd is not { } most || most <= grantedUsd || spec.Price is not { } price)
        {
            return this;
        }

        var perToken = price.CostOf(PromptTokens, 1) - price.CostOf(PromptTokens, 0);
        var affordable = perToken <= 0 ? MaxOutputTokens : (int)Math.Clamp((grantedUsd - price.CostOf(PromptTokens, 0)) / perToken, 1, MaxOutputTokens);
        return this with { MaxOutputTokens = affordable, MostUsd = grantedUsd };
    }
}
