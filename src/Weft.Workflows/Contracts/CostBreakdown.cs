namespace Weft.Workflows.Contracts;

/// <summary>USD, in all and by part.</summary>
public sealed record CostBreakdown
{
    /// <summary>Gets the sum, in USD.</summary>
    public double TotalUsd { get; init; }

    /// <summary>Gets what each node cost, in USD, by its id; nodes that cost nothing are left out.</summary>
    public IReadOnlyDictionary<string, double> ByNode { get; init; } = new Dictionary<string, double>();

    /// <summary>Gets what each model cost, in USD, by its name.</summary>
    public IReadOnlyDictionary<string, double> ByModel { get; init; } = new Dictionary<string, double>();
}
