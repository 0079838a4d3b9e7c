using System.Text.Json.Nodes;
using Weft.Language.Definitions;

namespace Weft.Runtime.Schedules;

/// <summary>A schedule as it is stored and as the API shows it.</summary>
public sealed record ScheduleRecord
{
    public required string Id { get; init; }

    public required string WorkflowId { get; init; }

    public required string Cron { get; init; }

    public string? TimeZone { get; init; }

    public bool Enabled { get; init; } = true;

    public OverlapPolicy OverlapPolicy { get; init; }

    /// <summary>Gets the longest random delay of a start, in milliseconds: it spreads schedules that share a tick.</summary>
    public long JitterMs { get; init; }

    /// <summary>Gets a value indicating whether ticks missed while nothing ran lead to one start; else they are left out.</summary>
    public bool CatchUp { get; init; }

    public JsonObject? Input { get; init; }

    public JsonObject? Context { get; init; }

    public DateTime? StartAt { get; init; }

    public DateTime? EndAt { get; init; }

    /// <summary>Gets api, or workflow when it stands in a definition.</summary>
    public string Source { get; init; } = "api";

    public DateTime CreatedAt { get; init; }

    /// <summary>Gets the time from which its ticks count: when it was made, switched on, or its times were changed. What lies before is not missed.</summary>
    public DateTime CountsFrom { get; init; }

    /// <summary>The schedule that stands in a workflow's own definition.</summary>
    public static ScheduleRecord Of(WorkflowDefinition workflow, ScheduleDefinition schedule, DateTime now) => new()
    {
        Id = workflow.Id,
        WorkflowId = workflow.Id,
        Cron = schedule.Cron,
        TimeZone = schedule.TimeZone,
        Enabled = schedule.Enabled,
        OverlapPolicy = Enum.TryParse<OverlapPolicy>(schedule.OverlapPolicy, ignoreCase: true, out var policy) ? policy : OverlapPolicy.Skip,
        JitterMs = (long)(schedule.Jitter?.TotalMilliseconds ?? 0),
        CatchUp = schedule.CatchUp,
        Input = schedule.Input as JsonObject,
        StartAt = schedule.StartAt,
        EndAt = schedule.EndAt,
        Source = "workflow",
        CreatedAt = now,
    };
}
