namespace Weft.Agents.Tools;

/// <summary>How calls went, over all or for one entity.</summary>
public sealed record ExecutionAnalytics
{
    public int TotalExecutions { get; init; }

    public int SuccessfulExecutions { get; init; }

    public double SuccessRate { get; init; }

    public double AvgExecutionTimeMs { get; init; }

    public double ResponseCacheHitRate { get; init; }

    public IReadOnlyDictionary<string, int> AppUsageDistribution { get; init; } = new Dictionary<string, int>();

    public string? MostUsedApp { get; init; }

    /// <summary>Gets what the numbers suggest to do.</summary>
    public IReadOnlyList<string> Recommendations { get; init; } = [];
}
