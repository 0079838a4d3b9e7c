namespace Weft.Workflows.Contracts;

/// <summary>The tokens of a call: the provider's count, else an estimate.</summary>
public sealed record TokenUsage(long InputTokens, long OutputTokens)
{
    /// <summary>Gets how many of the input tokens the provider had kept, and bills at less.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Gets a value indicating whether the provider gave no count, and this is an estimate.</summary>
    public bool Estimated { get; init; }
}
