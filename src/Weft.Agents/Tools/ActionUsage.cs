namespace Weft.Agents.Tools;

/// <summary>How one action did in a period.</summary>
public sealed record ActionUsage
{
    /// <summary>Gets the app.</summary>
    public required string AppName { get; init; }

    /// <summary>Gets the action.</summary>
    public required string ActionName { get; init; }

    /// <summary>Gets how many calls were made.</summary>
    public int Executions { get; init; }

    /// <summary>Gets the share that succeeded, 0 to 1.</summary>
    public double SuccessRate { get; init; }

    /// <summary>Gets how long a call took on average, in milliseconds.</summary>
    public double AvgDurationMs { get; init; }

    /// <summary>Gets how long all but the slowest twentieth took at most, in milliseconds.</summary>
    public long P95DurationMs { get; init; }

    /// <summary>Gets how many calls were answered from the cache.</summary>
    public int CacheHits { get; init; }

    /// <summary>Gets the failures by kind.</summary>
    public IReadOnlyDictionary<string, int> Failures { get; init; } = new Dictionary<string, int>();
}
