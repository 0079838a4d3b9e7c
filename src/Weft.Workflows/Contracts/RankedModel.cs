namespace Weft.Workflows.Contracts;

/// <summary>A candidate with its estimate. <paramref name="Name"/> is the catalog's, <paramref name="Model"/> the provider's.</summary>
public sealed record RankedModel(string Name, string Provider, string Model, double Score, double EstimatedCostUsd, int EstimatedLatencyMs)
{
    /// <summary>Gets a word on its place, such as <c>fallback: over the latency limit</c>.</summary>
    public string? Note { get; init; }
}
