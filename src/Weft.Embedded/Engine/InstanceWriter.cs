using System.Buffers;
using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>Writes instances and their histories inside the transaction under way. Used by the thread that commits.</summary>
/// <remarks>All the entries that one transaction brings to one instance become one row of its history.</remarks>
internal sealed partial class InstanceWriter
{
    private readonly List<Instance> _touched = [];
    private readonly List<(Instance Instance, bool Ended)> _changed = [];
    private readonly List<(string Id, long At)> _wakes = [];
    private readonly Stack<ArrayBufferWriter<byte>> _buffers = new();
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _last;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _insertTag;
    private readonly SqliteStatement _append;
    private readonly SqliteStatement _setStatus;
    private readonly SqliteStatement _setCustomStatus;
    private readonly SqliteStatement _end;
    private readonly SqliteStatement _park;
    private readonly SqliteStatement _nextGeneration;
    private readonly SqliteStatement _deleteHistory;
    private readonly SqliteStatement _deleteInstance;
    private readonly SqliteStatement _deleteTags;
    private readonly SqliteStatement _children;
    private readonly SqliteDatabase _database;
    private readonly EngineCore _engine;
    private long _lastNo;
    private long _lastCreated;

    /// <summary>Prepares its statements.</summary>
    /// <param name="database">The writer's connection.</param>
    /// <param name="engine">Whose instances are in memory.</param>
    public InstanceWriter(SqliteDatabase database, EngineCore engine)
    {
        (_database, _engine) = (database, engine);
        _find = database.Prepare("""
            SELECT no, name, status, generation, parked, created_at, updated_at, parent_id, parent_step, parent_generation
            FROM instances WHERE id=?1
            """);
        _last = database.Prepare("SELECT id, at FROM history WHERE id>=?1 AND id<?2 ORDER BY id DESC LIMIT 1");
        _insert = database.Prepare("""
            INSERT INTO instances(
                no, id, name, status, generation, parked, created_at, updated_at, wake_at, parent_id, parent_step, parent_generation, tags)
            VALUES(?1, ?2, ?3, ?4, 0, ?5, ?6, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT(id) DO NOTHING
            """);
        _insertTag = database.Prepare("INSERT INTO tags(name, value, no) VALUES(?1, ?2, ?3)");
        _append = database.Prepare("INSERT INTO history(id, at, events) VALUES(?1, ?2, ?3)");
        _setStatus = database.Prepare("UPDATE instances SET status=?2, parked=0, updated_at=?3 WHERE no=?1");
        _setCustomStatus = database.Prepare("UPDATE instances SET custom_status=?2, updated_at=?3 WHERE no=?1");
        _end = database.Prepare("UPDATE instances SET status=?2, parked=0, wake_at=NULL, updated_at=?3, completed_at=?3 WHERE no=?1");
        _park = database.Prepare("UPDATE instances SET parked=?2, wake_at=?3 WHERE no=?1");
        _nextGeneration = database.Prepare("UPDATE instances SET generation=?2, updated_at=?3 WHERE no=?1");
        _deleteHistory = database.Prepare("DELETE FROM history WHERE id>=?1 AND id<?2");
        _deleteInstance = database.Prepare("DELETE FROM instances WHERE no=?1");
        _deleteTags = database.Prepare("DELETE FROM tags WHERE no=?1");
        _children = database.Prepare("SELECT id FROM instances WHERE parent_id=?1");
        _lastNo = database.QueryInt64("SELECT max(no) FROM instances");
        _lastCreated = database.QueryInt64("SELECT created_at FROM instances ORDER BY no DESC LIMIT 1");
    }

    /// <summary>Finds an instance; null when there is none. One that has ended is not kept in memory.</summary>
    public Instance? Find(string id)
    {
        if (_engine.Warm.TryGetValue(id, out var warm) && warm.Log.No != 0)
        {
            return warm;
        }

        _find.Bind(1, id);
        if (!_find.Step())
        {
            _find.Reset();
            return null;
        }

        var instance = warm ?? new Instance(id, _engine);
        var log = instance.Log;
        log.No = _find.Int64(0);
        log.Status = (OrchestrationStatus)_find.Int32(2);
        log.Generation = _find.Int32(3);
        log.Parked = _find.Int32(4) != 0;
        log.LastAt = _find.Int64(6);
        instance.Identity ??= InstanceReader.IdentityOf(_find, id);
        _find.Reset();

        _last.Bind(1, HistoryId(log.No, 0)).Bind(2, HistoryId(log.No + 1, 0));
        if (_last.Step())
        {
            log.NextBatch = (int)(_last.Int64(0) & HistoryIdMask) + 1;
            log.LastAt = Math.Max(log.LastAt, _last.Int64(1));
        }

        _last.Reset();
        if (log.IsLive && warm is null)
        {
            // Another thread may have begun to wake it meanwhile: then that object is the one.
            var shared = _engine.Warm.GetOrAdd(id, instance);
            if (!ReferenceEquals(shared, instance))
            {
                shared.Log.CopyFrom(log);
                shared.Identity ??= instance.Identity;
            }
            else
            {
                _engine.Entered(instance);
            }

            return shared;
        }

        return instance;
    }

    /// <summary>Says whether there is code for an orchestration.</summary>
    public bool Knows(string orchestrator) => _engine.Orchestrators.ContainsKey(orchestrator);

    public Instance? FindLive(string id) => Find(id) is { Log.IsLive: true } live ? live : null;

    /// <summary>Adds an entry to a live instance's history; it is delivered once it is durable.</summary>
    public void Append(Instance instance, HistoryEvent entry, long notBefore = 0)
    {
        if (instance.Log.NextBatch >= MaxBatches)
        {
            EndOverlong(instance);
            return;
        }

        WritePending(instance);
        Unpark(instance);
        instance.Log.LastAt = Math.Max(instance.Log.LastAt, notBefore);
        Write(instance, entry, deliver: !entry.IsDecision);
    }

    /// <summary>Writes what the last turns decided and could wait.</summary>
    public void WritePending(Instance instance)
    {
        var (records, customStatus) = instance.TakePending();
        if (records.Length > 0)
        {
            Unpark(instance);
            foreach (var record in records)
            {
                Write(instance, record, deliver: false);
            }
        }

        if (customStatus is not null)
        {
            Touch(instance);
            _setCustomStatus.Bind(1, instance.Log.No).Bind(2, customStatus.AsSpan()).Bind(3, Time(instance)).Run();
            Changed(instance, ended: false);
        }
    }

    public void SetStatus(Instance instance, OrchestrationStatus status)
    {
        instance.Log.Status = status;
        instance.Log.Parked = false;
        _setStatus.Bind(1, instance.Log.No).Bind(2, (long)status).Bind(3, Time(instance)).Run();
        Touch(instance);
        Changed(instance, ended: false);
    }

    /// <summary>Turns what the transaction has gathered into rows.</summary>
    public void Flush()
    {
        foreach (var instance in _touched)
        {
            Flush(instance);
        }
    }

    /// <summary>Delivers what has become durable.</summary>
    public void Committed()
    {
        foreach (var (instance, ended) in _changed)
        {
            instance.Log.Changed = false;
            if (ended)
            {
                instance.Leave();
            }

            _engine.Signals.Changed(instance.Id, ended);
        }

        _changed.Clear();
        foreach (var instance in _touched)
        {
            instance.Log.Touched = false;
            instance.Release();
        }

        _touched.Clear();
        foreach (var (id, at) in _wakes)
        {
            _engine.Timers.Wake(id, at);
        }

        _wakes.Clear();
    }

    internal const long HistoryIdMask = (1L << 24) - 1;

    /// <summary>Some are left for the end of an overlong generation.</summary>
    private const int MaxBatches = (1 << 24) - 16;

    /// <summary>The row of an instance's n-th batch: 2^39 instances, 2^24 batches a generation.</summary>
    internal static long HistoryId(long no, int batch) => (no << 24) | (uint)batch;

    private void Write(Instance instance, HistoryEvent entry, bool deliver)
    {
        var log = instance.Log;
        entry.At = Time(instance);
        if (log.Batch is null)
        {
            log.Batch = _buffers.TryPop(out var buffer) ? buffer : new ArrayBufferWriter<byte>(256);
            HistoryCodec.Begin(log.Batch);
            Touch(instance);
        }

        HistoryCodec.Write(log.Batch, entry);
        if (deliver)
        {
            instance.Receive(entry, log.Generation, log.NextBatch);
        }
    }

    private void Flush(Instance instance)
    {
        if (instance.Log.Batch is not { } batch)
        {
            return;
        }

        _append.Bind(1, HistoryId(instance.Log.No, instance.Log.NextBatch)).Bind(2, instance.Log.LastAt).Bind(3, batch.WrittenSpan).Run();
        instance.Log.NextBatch++;
        instance.Log.Batch = null;
        if (batch.Capacity <= 64 * 1024 && _buffers.Count < 256)
        {
            batch.ResetWrittenCount();
            _buffers.Push(batch);
        }
    }

    private void Touch(Instance instance)
    {
        if (!instance.Log.Touched)
        {
            instance.Log.Touched = true;
            _touched.Add(instance);
        }
    }

    private void Changed(Instance instance, bool ended)
    {
        if (ended || !instance.Log.Changed)
        {
            instance.Log.Changed = true;
            _changed.Add((instance, ended));
        }
    }

    private void Unpark(Instance instance)
    {
        if (instance.Log.Parked)
        {
            instance.Log.Parked = false;
            _park.Bind(1, instance.Log.No).Bind(2, 0).BindNull(3).Run();
        }
    }

    private long Time(Instance instance) => instance.Log.LastAt = Math.Max(instance.Log.LastAt, _engine.Now);
}
