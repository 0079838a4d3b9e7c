namespace Weft.Agents.Tools;

/// <summary>How one action did in a period.</summary>
public sealed record ActionUsage
{
    public required string AppName { get; init; }

    public required string ActionName { get; init; }

    public int Executions { get; init; }

    /// <summary>Gets the share that succeeded, 0 to 1.</summary>
    public double SuccessRate { get; init; }

    public double AvgDurationMs { get; init; }

    public long P95DurationMs { get; init; }

    public int CacheHits { get; init; }

    /// <summary>Gets the failures by kind.</summary>
    public IReadOnlyDictionary<string, int> Failures { get; init; } = new Dictionary<string, int>();
}
