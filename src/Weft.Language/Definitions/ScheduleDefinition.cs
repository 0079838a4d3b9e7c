using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>When a workflow starts by itself.</summary>
public sealed record ScheduleDefinition
{
    /// <summary>Gets when the workflow starts: five or six fields, a name such as <c>@daily</c>, or <c>@every 15m</c>.</summary>
    public required string Cron { get; init; }

    /// <summary>Gets the time zone of the fields, by its IANA name; null: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Gets a value indicating whether the schedule starts anything.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Gets by how much a start may be late, so that many do not start at once; null: not at all.</summary>
    public TimeSpan? Jitter { get; init; }

    /// <summary>Gets skip, queue or allow.</summary>
    public string OverlapPolicy { get; init; } = "skip";

    /// <summary>Gets a value indicating whether ticks that were missed while nothing ran are made up for, once.</summary>
    public bool CatchUp { get; init; }

    /// <summary>Gets the input of each start.</summary>
    public JsonNode? Input { get; init; }

    /// <summary>Gets the time before which nothing starts; null: none.</summary>
    public DateTime? StartAt { get; init; }

    /// <summary>Gets the time after which nothing starts; null: none.</summary>
    public DateTime? EndAt { get; init; }
}
