namespace Weft.Agents.Models.Catalog;

/// <summary>A named way to choose: candidates, limits, and what counts how much.</summary>
public sealed record ModelProfile
{
    public required string Name { get; init; }

    public IReadOnlyList<string> Primary { get; init; } = [];

    public IReadOnlyList<string> Fallback { get; init; } = [];

    /// <summary>Gets the most that one call may cost, in USD; null: no limit.</summary>
    public double? MaxCostPerCall { get; init; }

    /// <summary>Gets the longest that one call should take; null: no limit.</summary>
    public int? MaxLatencyMs { get; init; }

    public required ProfileWeights Weights { get; init; }

    /// <summary>Gets the candidates in order, the primary ones first.</summary>
    public IReadOnlyList<string> Candidates => [.. Primary, .. Fallback.Where(f => !Primary.Contains(f, StringComparer.Ordinal))];
}
