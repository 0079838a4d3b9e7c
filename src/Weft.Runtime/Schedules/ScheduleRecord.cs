using System.Text.Json.Nodes;
using Weft.Language.Definitions;

namespace Weft.Runtime.Schedules;

/// <summary>A schedule as it is stored and as the API shows it.</summary>
public sealed record ScheduleRecord
{
    /// <summary>Gets the schedule's id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the workflow that it starts.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Gets when, as people write it.</summary>
    public required string Cron { get; init; }

    /// <summary>Gets the time zone of the fields, by its IANA name; null: UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Gets a value indicating whether it starts anything.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Gets what happens when the last start still runs.</summary>
    public OverlapPolicy OverlapPolicy { get; init; }

    /// <summary>Gets the longest random delay of a start, in milliseconds: it spreads schedules that share a tick.</summary>
    public long JitterMs { get; init; }

    /// <summary>Gets a value indicating whether ticks missed while nothing ran lead to one start; else they are left out.</summary>
    public bool CatchUp { get; init; }

    /// <summary>Gets the input of each start; null: none.</summary>
    public JsonObject? Input { get; init; }

    /// <summary>Gets the context of each start; null: none.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>Gets the time before which nothing starts, in UTC; null: at once.</summary>
    public DateTime? StartAt { get; init; }

    /// <summary>Gets the time after which nothing starts, in UTC; null: never.</summary>
    public DateTime? EndAt { get; init; }

    /// <summary>Gets api, or workflow when it stands in a definition.</summary>
    public string Source { get; init; } = "api";

    /// <summary>Gets when it was made, in UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>
    /// Gets the time from which its ticks count: when it was made, switched on, or its times were changed. What lies before is not missed.
    /// </summary>
    public DateTime CountsFrom { get; init; }

    /// <summary>The schedule that stands in a workflow's own definition.</summary>
    public static ScheduleRecord Of(WorkflowDefinition workflow, ScheduleDefinition schedule, DateTime now) => new()
    {
        Id = workflow.Id,
        WorkflowId = workflow.Id,
        Cron = schedule.Cron,
        TimeZone = schedule.TimeZone,
        Enabled = schedule.Enabled,
        OverlapPolicy =
            Enum.TryParse<OverlapPolicy>(schedule.OverlapPolicy, ignoreCase: true, out var policy) ? policy : OverlapPolicy.Skip,
        JitterMs = (long)(schedule.Jitter?.TotalMilliseconds ?? 0),
        CatchUp = schedule.CatchUp,
        Input = schedule.Input as JsonObject,
        StartAt = schedule.StartAt,
        EndAt = schedule.EndAt,
        Source = "workflow",
        CreatedAt = now,
    };
}
