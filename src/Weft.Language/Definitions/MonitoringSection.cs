namespace Weft.Language.Definitions;

/// <summary>What is watched.</summary>
public sealed record MonitoringSection
{
    public bool TrackLatency { get; init; } = true;

    public bool TrackCosts { get; init; } = true;

    public bool TrackToolUsage { get; init; } = true;

    /// <summary>Gets the share of failed executions at which an alert is raised, 0 to 1.</summary>
    public double? AlertOnErrorRate { get; init; }
}
