using System.Text.Json;
using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>Reads instances and their histories, as they were last committed.</summary>
internal sealed class InstanceReader(SqliteDatabase database)
{
    internal const string Columns =
        "no, name, status, generation, parked, created_at, updated_at, parent_id, parent_step, parent_generation, completed_at, tags, "
        + "custom_status, id";

    private readonly SqliteStatement _begin = database.Prepare("BEGIN");
    private readonly SqliteStatement _end = database.Prepare("COMMIT");
    private readonly SqliteStatement _find = database.Prepare($"SELECT {Columns} FROM instances WHERE id=?1");
    private readonly SqliteStatement _history = database.Prepare("SELECT id, events FROM history WHERE id>=?1 AND id<?2 ORDER BY id");
    private readonly SqliteStatement _lastBatch =
        database.Prepare("SELECT at, events FROM history WHERE id>=?1 AND id<?2 ORDER BY id DESC LIMIT 1");
    private readonly SqliteStatement _lastAt = database.Prepare("SELECT at FROM history WHERE id>=?1 AND id<?2 ORDER BY id DESC LIMIT 1");
    private readonly SqliteStatement _firstBatch = database.Prepare("SELECT events FROM history WHERE id=?1");
    private readonly List<HistoryEvent> _scratch = [];

    public SqliteDatabase Database => database;

    public static InstanceIdentity IdentityOf(SqliteStatement row, string id) => new(
        id,
        row.Text(1),
        row.Int64(5),
        row.NullableText(7) is { } parent ? new ParentStep(parent, row.Int32(9), row.Int32(8)) : null);

    /// <summary>Reads all that a replay needs, at one moment.</summary>
    public LoadedInstance? Load(string id) => InTransaction(id, static (reader, id) =>
    {
        var row = reader._find.Bind(1, id);
        if (!row.Step())
        {
            row.Reset();
            return null;
        }

        var no = row.Int64(0);
        var loaded = new LoadedInstance(IdentityOf(row, id), row.Int32(3), (OrchestrationStatus)row.Int32(2), row.Blob(12), [], 0);
        row.Reset();
        return loaded with { LastBatch = reader.ReadHistory(no, loaded.Entries) };
    });

    /// <summary>Reads the history of an instance's current generation; empty when there is none of that id.</summary>
    public List<HistoryEvent> History(string id) => Load(id)?.Entries ?? [];

    public OrchestrationInstance? Get(string id) => InTransaction(id, static (reader, id) =>
    {
        var row = reader._find.Bind(1, id);
        var found = row.Step() ? reader.Describe(row, payloads: true) : null;
        row.Reset();
        return found;
    });

    /// <summary>Finds what a start has to go on with: instances that were under way, and when the sleeping ones are to be woken.</summary>
    public (List<string> Awake, List<(string Id, long At)> Sleeping) Unfinished()
    {
        List<string> awake = [];
        List<(string, long)> sleeping = [];
        using (var rows = database.PrepareOnce("SELECT id FROM instances WHERE status IN (0, 1, 2) AND parked=0 ORDER BY no"))
        {
            while (rows.Step())
            {
                awake.Add(rows.Text(0));
            }
        }

        using (var rows = database.PrepareOnce("SELECT id, wake_at FROM instances WHERE wake_at IS NOT NULL AND parked=1 ORDER BY wake_at"))
        {
            while (rows.Step())
            {
                sleeping.Add((rows.Text(0), rows.Int64(1)));
            }
        }

        return (awake, sleeping);
    }

    /// <summary>Describes the instance of a row with <see cref="Columns"/>.</summary>
    public OrchestrationInstance Describe(SqliteStatement row, bool payloads)
    {
        var no = row.Int64(0);
        var status = (OrchestrationStatus)row.Int32(2);
        var updated = row.Int64(6);
        var completed = row.NullableInt64(10);
        HistoryEvent? last = null;
        if (completed is null)
        {
            updated = Math.Max(updated, LastAt(no));
        }
        else if (payloads || status != OrchestrationStatus.Completed)
        {
            last = LastEntry(no);
        }

        return new OrchestrationInstance
        {
            InstanceId = row.Text(13),
            Name = row.Text(1),
            Status = status,
            CreatedAt = Utc(row.Int64(5)),
            LastUpdatedAt = Utc(updated),
            CompletedAt = completed is { } at ? Utc(at) : null,
            ParentInstanceId = row.NullableText(7),
            Tags = row.NullableText(11) is { } tags ? JsonSerializer.Deserialize<Dictionary<string, string>>(tags, WeftJson.Options)!
                : NoTags,
            CustomStatus = payloads ? Payload.ReadNode(row.Blob(12)) : null,
            Input = payloads ? Payload.ReadNode(FirstInput(no)) : null,
            Output = payloads && last is { Kind: HistoryEventKind.Completed } ? Payload.ReadNode(last.Payload) : null,
            Failure = last is { Kind: HistoryEventKind.Failed or HistoryEventKind.Terminated }
                ? Payload.Read<FailureDetails>(last.Payload, "failure")
                : null,
        };
    }

    /// <summary>Reads several things at one moment.</summary>
    public TResult InTransaction<TState, TResult>(TState state, Func<InstanceReader, TState, TResult> read)
    {
        _begin.Run();
        try
        {
            return read(this, state);
        }
        finally
        {
            _end.Run();
        }
    }

    private static readonly Dictionary<string, string> NoTags = [];

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);

    private int ReadHistory(long no, List<HistoryEvent> entries)
    {
        var last = -1;
        _history.Bind(1, InstanceWriter.HistoryId(no, 0)).Bind(2, InstanceWriter.HistoryId(no + 1, 0));
        while (_history.Step())
        {
            last = (int)(_history.Int64(0) & InstanceWriter.HistoryIdMask);
            HistoryCodec.Read(_history.Bytes(1), entries);
        }

        _history.Reset();
        return last;
    }

    private long LastAt(long no)
    {
        _lastAt.Bind(1, InstanceWriter.HistoryId(no, 0)).Bind(2, InstanceWriter.HistoryId(no + 1, 0));
        var at = _lastAt.Step() ? _lastAt.Int64(0) : 0;
        _lastAt.Reset();
        return at;
    }

    private HistoryEvent? LastEntry(long no)
    {
        _scratch.Clear();
        _lastBatch.Bind(1, InstanceWriter.HistoryId(no, 0)).Bind(2, InstanceWriter.HistoryId(no + 1, 0));
        if (_lastBatch.Step())
        {
            HistoryCodec.Read(_lastBatch.Bytes(1), _scratch);
        }

        _lastBatch.Reset();
        return _scratch.Count > 0 ? _scratch[^1] : null;
    }

    private byte[]? FirstInput(long no)
    {
        _scratch.Clear();
        _firstBatch.Bind(1, InstanceWriter.HistoryId(no, 0));
        if (_firstBatch.Step())
        {
            HistoryCodec.Read(_firstBatch.Bytes(0), _scratch);
        }

        _firstBatch.Reset();
        return _scratch.Find(entry => entry.Kind == HistoryEventKind.Started)?.Payload;
    }
}
