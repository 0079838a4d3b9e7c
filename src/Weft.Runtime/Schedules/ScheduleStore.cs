using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Language.Definitions;

namespace Weft.Runtime.Schedules;

/// <summary>Schedules and how far each has come. Definition and state are rows of their own: editing the one keeps the other.</summary>
public sealed class ScheduleStore(IRecordStore store, TimeProvider time)
{
    /// <summary>The longest random delay: one hour.</summary>
    public const long MostJitterMs = 3_600_000;

    private const string Table = "schedules";
    private const string Definitions = "definitions";
    private const string States = "states";
    private const int LongestId = 128;

    /// <summary>Writes a schedule, after checking it.</summary>
    /// <exception cref="WeftException">Codes <c>invalid_schedule</c>, <c>invalid_cron</c>, <c>unknown_time_zone</c>.</exception>
    public async Task<ScheduleRecord> PutAsync(ScheduleRecord schedule, CancellationToken cancellationToken)
    {
        Check(schedule);
        var now = time.GetUtcNow().UtcDateTime;
        var before = await FindAsync(schedule.Id, cancellationToken);
        var goesOn = before is { Enabled: true } && schedule.Enabled && SameTimes(before, schedule);
        var stored = schedule with
        {
            CreatedAt = before?.CreatedAt ?? now,
            CountsFrom = goesOn ? before!.CountsFrom : now, // goesOn says that there is one.
        };
        await store.UpsertAsync(KeyOf(Definitions, schedule.Id), Json(stored), cancellationToken);
        return stored;
    }

    /// <summary>The schedule with an id; null: there is none.</summary>
    public async Task<ScheduleRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(KeyOf(Definitions, id), cancellationToken) is { } row ? row.As<ScheduleRecord>() : null;

    /// <summary>Removes a schedule and its state; executions that it started go on.</summary>
    /// <returns>False: there was none.</returns>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var deleted = await store.DeleteAsync(KeyOf(Definitions, id), expected: null, cancellationToken);
        await store.DeleteAsync(KeyOf(States, id), expected: null, cancellationToken);
        return deleted.Written;
    }

    /// <summary>
    /// Follows a workflow's definition: its schedule is registered, changed, or removed with it. Schedules of other makers are left alone.
    /// </summary>
    /// <exception cref="WeftException">The schedule makes no sense; the message says why.</exception>
    public async Task FollowAsync(WorkflowDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.Schedule is null)
        {
            await ForgetAsync(definition.Id, cancellationToken);
            return;
        }

        if (definition.Schedule.Input is not (null or JsonObject))
        {
            throw new WeftException(
                "invalid_schedule", Fault.Invalid, "'schedule.input' must be an object: it is the input of each execution.");
        }

        var known = await FindAsync(definition.Id, cancellationToken);
        var declared = ScheduleRecord.Of(definition, definition.Schedule, known?.CreatedAt ?? default);
        if (known is null || Json(declared with { CountsFrom = known.CountsFrom }) != Json(known))
        {
            await PutAsync(declared, cancellationToken);
        }
    }

    /// <summary>Removes the schedule that a workflow's definition brought, when the workflow is deleted.</summary>
    public async Task ForgetAsync(string workflowId, CancellationToken cancellationToken)
    {
        if (await FindAsync(workflowId, cancellationToken) is { Source: "workflow" })
        {
            await DeleteAsync(workflowId, cancellationToken);
        }
    }

    /// <summary>All schedules, by id.</summary>
    public async Task<IReadOnlyList<ScheduleRecord>> ListAsync(CancellationToken cancellationToken) =>
        await store.ReadAllAsync(new RowRange(Table, Definitions) { PageSize = 1000 }, cancellationToken)
            .Select(r => r.As<ScheduleRecord>()).ToListAsync(cancellationToken);

    /// <summary>Throws when a schedule makes no sense.</summary>
    internal static CronSchedule Check(ScheduleRecord schedule)
    {
        var cron = CronSchedule.Parse(schedule.Cron, schedule.TimeZone);
        if (schedule.Id.Length is 0 or > LongestId)
        {
            throw new WeftException(
                "invalid_schedule", Fault.Invalid, $"A schedule's id has 1 to {LongestId} characters; this one has {schedule.Id.Length}.");
        }

        if (schedule.JitterMs is < 0 or > MostJitterMs)
        {
            throw new WeftException(
                "invalid_schedule", Fault.Invalid, $"jitter_ms is {schedule.JitterMs}; it must be from 0 to 3,600,000 (one hour).");
        }

        return schedule.EndAt <= schedule.StartAt
            ? throw new WeftException("invalid_schedule", Fault.Invalid, "end_at is not after start_at, so the schedule would never fire.")
            : cron;
    }

    internal async Task<(ScheduleState? State, ETag ETag)> ReadStateAsync(string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(KeyOf(States, id), cancellationToken) is { } row ? (row.As<ScheduleState>(), row.ETag) : (null, default);

    /// <summary>Writes the state unless another scheduler was faster.</summary>
    internal async Task<bool> WriteStateAsync(string id, ScheduleState state, ETag expected, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize(state, WeftJson.Options);
        var key = KeyOf(States, id);
        var written = expected == default
            ? await store.InsertAsync(key, json, cancellationToken)
            : await store.ReplaceAsync(key, json, expected, cancellationToken);
        return written.Written;
    }

    private static bool SameTimes(ScheduleRecord one, ScheduleRecord other) =>
        one.Cron == other.Cron && one.TimeZone == other.TimeZone && one.StartAt == other.StartAt && one.WorkflowId == other.WorkflowId;

    private static RowKey KeyOf(string partition, string id) => new(Table, partition, RecordKeys.Part(id));

    private static string Json(ScheduleRecord schedule) => JsonSerializer.Serialize(schedule, WeftJson.Options);
}
