namespace Weft.Agents.Tools;

/// <summary>How calls went, over all or for one entity.</summary>
public sealed record ExecutionAnalytics
{
    /// <summary>Gets how many calls were made.</summary>
    public int TotalExecutions { get; init; }

    /// <summary>Gets how many succeeded.</summary>
    public int SuccessfulExecutions { get; init; }

    /// <summary>Gets the share that succeeded, from 0 to 1.</summary>
    public double SuccessRate { get; init; }

    /// <summary>Gets how long a call took on average, in milliseconds.</summary>
    public double AvgExecutionTimeMs { get; init; }

    /// <summary>Gets the share that was answered from the cache, from 0 to 1.</summary>
    public double ResponseCacheHitRate { get; init; }

    /// <summary>Gets how many calls each app had, by name.</summary>
    public IReadOnlyDictionary<string, int> AppUsageDistribution { get; init; } = new Dictionary<string, int>();

    /// <summary>Gets the app with the most calls; null: there were none.</summary>
    public string? MostUsedApp { get; init; }

    /// <summary>Gets what the numbers suggest to do.</summary>
    public IReadOnlyList<string> Recommendations { get; init; } = [];
}
