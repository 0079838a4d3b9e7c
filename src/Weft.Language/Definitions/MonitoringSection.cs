namespace Weft.Language.Definitions;

/// <summary>What is watched.</summary>
public sealed record MonitoringSection
{
    /// <summary>Gets a value indicating whether latencies are wanted. They are always recorded.</summary>
    public bool TrackLatency { get; init; } = true;

    /// <summary>Gets a value indicating whether costs are wanted. They are always recorded.</summary>
    public bool TrackCosts { get; init; } = true;

    /// <summary>Gets a value indicating whether uses of tools are wanted. They are always recorded.</summary>
    public bool TrackToolUsage { get; init; } = true;

    /// <summary>Gets the share of failed executions at which an alert is raised, 0 to 1.</summary>
    public double? AlertOnErrorRate { get; init; }
}
