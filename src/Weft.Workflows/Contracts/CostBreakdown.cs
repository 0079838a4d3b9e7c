namespace Weft.Workflows.Contracts;

/// <summary>USD, in all and by part.</summary>
public sealed record CostBreakdown
{
    public double TotalUsd { get; init; }

    public IReadOnlyDictionary<string, double> ByNode { get; init; } = new Dictionary<string, double>();

    public IReadOnlyDictionary<string, double> ByModel { get; init; } = new Dictionary<string, double>();
}
