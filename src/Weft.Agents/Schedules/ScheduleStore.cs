using System.Text.Json;
using Weft.Agents.Records;
using Weft.Workflows;

namespace Weft.Agents.Schedules;

/// <summary>Schedules and how far each has come. Definition and state are rows of their own: editing the one keeps the other.</summary>
public sealed class ScheduleStore(IRecordStore store, TimeProvider time)
{
    private const string Table = "schedules";
    private const string Definitions = "definitions";
    private const string States = "states";

    /// <summary>Writes a schedule, after checking it.</summary>
    /// <exception cref="WeftException">It makes no sense; the message says why.</exception>
    public async Task<ScheduleRecord> PutAsync(ScheduleRecord schedule, CancellationToken cancellationToken)
    {
        _ = CronSchedule.Parse(schedule.Cron, schedule.TimeZone);
        if (schedule.JitterMs is < 0 or > 3_600_000)
        {
            throw new WeftException("invalid_schedule", $"jitter_ms is {schedule.JitterMs}; it must be from 0 to 3,600,000 (one hour).");
        }

        if (schedule.EndAt <= schedule.StartAt)
        {
            throw new WeftException("invalid_schedule", "end_at is not after start_at, so the schedule would never fire.");
        }

        var stored = schedule with { CreatedAt = schedule.CreatedAt == default ? time.GetUtcNow().UtcDateTime : schedule.CreatedAt };
        await store.UpsertAsync(KeyOf(Definitions, schedule.Id), JsonSerializer.Serialize(stored, WeftJson.Options), cancellationToken);
        return stored;
    }

    public async Task<ScheduleRecord?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(KeyOf(Definitions, id), cancellationToken) is { } row ? Read<ScheduleRecord>(row) : null;

    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var deleted = await store.DeleteAsync(KeyOf(Definitions, id), expected: null, cancellationToken);
        await store.DeleteAsync(KeyOf(States, id), expected: null, cancellationToken);
        return deleted.Written;
    }

    /// <summary>All schedules, by id.</summary>
    public async Task<IReadOnlyList<ScheduleRecord>> ListAsync(CancellationToken cancellationToken)
    {
        var schedules = new List<ScheduleRecord>();
        var range = new RowRange(Table, Definitions) { PageSize = 1000 };
        do
        {
            var page = await store.QueryAsync(range, cancellationToken);
            schedules.AddRange(page.Rows.Select(Read<ScheduleRecord>));
            range = range with { Cursor = page.NextCursor };
        }
        while (range.Cursor is not null);

        return schedules;
    }

    internal async Task<(ScheduleState? State, ETag ETag)> ReadStateAsync(string id, CancellationToken cancellationToken) =>
        await store.ReadAsync(KeyOf(States, id), cancellationToken) is { } row ? (Read<ScheduleState>(row), row.ETag) : (null, default);

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

    private static RowKey KeyOf(string partition, string id) => new(Table, partition, RecordKeys.Part(id));

    private static T Read<T>(Row row) => JsonSerializer.Deserialize<T>(row.Json, WeftJson.Options)!;
}
