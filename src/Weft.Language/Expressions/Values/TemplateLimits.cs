namespace Weft.Language.Expressions.Values;

/// <summary>How much one template may do, so that none can hang or exhaust the process.</summary>
/// <remarks>Work is counted, not timed: a replay must reach the same end on a slower machine.</remarks>
public sealed record TemplateLimits
{
    /// <summary>The longest source that is parsed: 1 Mi characters.</summary>
    public const int SourceLength = 1024 * 1024;

    /// <summary>The deepest nesting of blocks and of parentheses in a source: 64.</summary>
    public const int Nesting = 64;

    /// <summary>The defaults.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>Gets the turns that all loops of one evaluation may take together, and the longest range. The default is 100,000.</summary>
    public int LoopIterations { get; init; } = 100_000;

    /// <summary>Gets the longest text, of the output or of any value on the way, in UTF-16 units. The default is 4 Mi.</summary>
    public int OutputLength { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Gets the steps of one evaluation: nodes evaluated, items looked at, 16 characters made. The default is 10 million.
    /// </summary>
    public long Steps { get; init; } = 10_000_000;
}
