namespace Weft.Agents.Models.Catalog;

/// <summary>A named way to choose: candidates, limits, and what counts how much.</summary>
public sealed record ModelProfile
{
    /// <summary>Gets the profile's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the models that are ranked first.</summary>
    public IReadOnlyList<string> Primary { get; init; } = [];

    /// <summary>Gets the models that come after those, in the order of the file.</summary>
    public IReadOnlyList<string> Fallback { get; init; } = [];

    /// <summary>Gets the most that one call may cost, in USD; null: no limit.</summary>
    public double? MaxCostPerCall { get; init; }

    /// <summary>Gets the longest that one call should take, in milliseconds; null: no limit.</summary>
    public int? MaxLatencyMs { get; init; }

    /// <summary>Gets how much latency, cost and quality count.</summary>
    public required ProfileWeights Weights { get; init; }

    /// <summary>Gets the candidates in order, the primary ones first.</summary>
    public IReadOnlyList<string> Candidates => [.. Primary, .. Fallback.Where(f => !Primary.Contains(f, StringComparer.Ordinal))];
}
