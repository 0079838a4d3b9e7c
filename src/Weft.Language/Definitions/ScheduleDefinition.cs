using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>When a workflow starts by itself.</summary>
public sealed record ScheduleDefinition
{
    public required string Cron { get; init; }

    public string? TimeZone { get; init; }

    public bool Enabled { get; init; } = true;

    public TimeSpan? Jitter { get; init; }

    /// <summary>Gets skip, queue or allow.</summary>
    public string OverlapPolicy { get; init; } = "skip";

    /// <summary>Gets a value indicating whether ticks that were missed while nothing ran are made up for, once.</summary>
    public bool CatchUp { get; init; }

    public JsonNode? Input { get; init; }

    public DateTime? StartAt { get; init; }

    public DateTime? EndAt { get; init; }
}
