namespace Weft.Agents.Models.Catalog;

/// <summary>USD per 1,000 tokens.</summary>
/// <param name="Input">Of the prompt.</param>
/// <param name="CachedInput">Of the part of the prompt that the provider had cached; null: as <paramref name="Input"/>.</param>
/// <param name="Output">Of the reply, thinking included.</param>
public sealed record ModelPrice(decimal Input, decimal? CachedInput, decimal Output)
{
    // Anthropic's price of writing a five-minute cache entry, of the input price.
    private const decimal CacheWriteFactor = 1.25m;

    /// <summary>Gets the prices of the whole call once its prompt has more tokens than <see cref="LongPromptAbove"/>.</summary>
    public ModelPrice? LongPrompt { get; init; }

    /// <summary>Gets the prompt's length in tokens above which the long prompt's prices hold; null: there are none.</summary>
    public int LongPromptAbove { get; init; }

    /// <summary>What a call costs.</summary>
    /// <param name="inputTokens">The whole prompt, cached parts included.</param>
    /// <param name="outputTokens">The whole reply, thinking included.</param>
    /// <param name="cachedTokens">The part of the prompt that was read from the provider's cache.</param>
    /// <param name="cacheWriteTokens">The part of the prompt that was written to it.</param>
    public decimal CostOf(long inputTokens, long outputTokens, long cachedTokens = 0, long cacheWriteTokens = 0)
    {
        if (LongPrompt is not null && inputTokens > LongPromptAbove)
        {
            return LongPrompt.CostOf(inputTokens, outputTokens, cachedTokens, cacheWriteTokens);
        }

        // A provider's figures are not always consistent; a part is never more than the whole.
        var cached = Math.Clamp(cachedTokens, 0, Math.Max(0, inputTokens));
        var written = Math.Clamp(cacheWriteTokens, 0, Math.Max(0, inputTokens) - cached);
        var plain = Math.Max(0, inputTokens) - cached - written;
        return ((plain * Input) + (cached * (CachedInput ?? Input)) + (written * Input * CacheWriteFactor)
            + (Math.Max(0, outputTokens) * Output)) / 1000m;
    }
}
