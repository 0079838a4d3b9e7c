using System.Buffers;
using Weft.Embedded.Storage;
using Weft.Workflows.Orchestration;

namespace Weft.Embedded.Engine;

/// <summary>Writes instances and their histories inside the transaction under way. Used by the thread that commits.</summary>
/// <remarks>All the entries that one transaction brings to one instance become one row of its history.</remarks>
internal sealed class InstanceWriter
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
    private EngineCore? _engine;
    private long _lastNo;
    private long _lastCreated;

    public InstanceWriter(SqliteDatabase database)
    {
        _database = database;
        _find = database.Prepare("""
            SELECT no, name, status, generation, parked, created_at, updated_at, parent_id, parent_step, parent_generation
            FROM instances WHERE id=?1
            """);
        _last = database.Prepare("SELECT id, at FROM history WHERE id>=?1 AND id<?2 ORDER BY id DESC LIMIT 1");
        _insert = database.Prepare("""
            INSERT INTO instances(no, id, name, status, generation, parked, created_at, updated_at, wake_at, parent_id, parent_step, parent_generation, tags)
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

    private EngineCore Engine => _engine ?? throw new InvalidOperationException("No engine is bound to the storage.");

    /// <summary>Says whose instances are in memory.</summary>
    public void Bind(EngineCore engine) => _engine = engine;

    /// <summary>Finds an instance; null when there is none. One that has ended is not kept in memory.</summary>
    public Instance? Find(string id)
    {
        if (Engine.Warm.TryGetValue(id, out var warm) && warm.Log.No != 0)
        {
            return warm;
        }

        _find.Bind(1, id);
        if (!_find.Step())
        {
            _find.Reset();
            return null;
        }

        var instance = warm ?? new Instance(id, Engine);
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
            var shared = Engine.Warm.GetOrAdd(id, instance);
            if (!ReferenceEquals(shared, instance))
            {
                shared.Log.CopyFrom(log);
                shared.Identity ??= instance.Identity;
            }
            else
            {
                Engine.Entered(instance);
            }

            return shared;
        }

        return instance;
    }

    /// <summary>Says whether there is code for an orchestration.</summary>
    public bool Knows(string orchestrator) => Engine.Orchestrators.ContainsKey(orchestrator);

    public Instance? FindLive(string id) => Find(id) is { Log.IsLive: true } live ? live : null;

    /// <summary>Creates an instance; null when there is one of that id.</summary>
    public Instance? Create(string id, string name, byte[] input, long? startAt, ParentStep? parent, StoredTags tags)
    {
        var now = _lastCreated = Math.Max(_lastCreated, Engine.Now);
        var delayed = startAt > now;
        _insert.Bind(1, _lastNo + 1).Bind(2, id).Bind(3, name)
            .Bind(4, (long)(delayed ? OrchestrationStatus.Pending : OrchestrationStatus.Running))
            .Bind(5, delayed ? 1 : 0).Bind(6, now).Bind(7, delayed ? startAt : null)
            .Bind(8, parent?.InstanceId).Bind(9, parent?.Step).Bind(10, parent?.Generation)
            .Bind(11, tags.Json);
        _insert.Run();
        if (_database.Changes == 0)
        {
            return null;
        }

        _lastNo++;
        foreach (var (tag, value) in tags.Values)
        {
            _insertTag.Bind(1, tag).Bind(2, value).Bind(3, _lastNo).Run();
        }

        // A wake-up of an older instance of this id may just be looking for it: then that object is the one.
        var instance = delayed ? new Instance(id, Engine) : Engine.Warm.GetOrAdd(id, static (id, engine) => new Instance(id, engine), Engine);
        instance.Identity = new InstanceIdentity(id, name, now, parent);
        var log = instance.Log;
        log.No = _lastNo;
        log.Generation = 0;
        log.NextBatch = 0;
        log.Status = delayed ? OrchestrationStatus.Pending : OrchestrationStatus.Running;
        log.LastAt = now;
        log.Parked = delayed;
        Write(instance, new HistoryEvent { Kind = HistoryEventKind.Started, Time = delayed ? startAt!.Value : 0, Payload = input }, deliver: !delayed);
        if (delayed)
        {
            _wakes.Add((id, startAt!.Value));
        }
        else
        {
            Engine.Entered(instance);
        }

        return instance;
    }

    /// <summary>Adds an entry to a live instance's history; it is delivered once it is durable.</summary>
    public void Append(Instance instance, HistoryEvent entry, long notBefore = 0)
    {
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

    /// <summary>Ends an instance, and tells its parent.</summary>
    /// <param name="instance">A live one.</param>
    /// <param name="entry">How it ended: the last entry of its history.</param>
    /// <param name="tellParent">False when it is the parent that ends it.</param>
    public void End(Instance instance, HistoryEvent entry, bool tellParent = true)
    {
        WritePending(instance);
        Write(instance, entry, deliver: false);
        var log = instance.Log;
        log.Status = entry.Kind switch
        {
            HistoryEventKind.Completed => OrchestrationStatus.Completed,
            HistoryEventKind.Failed => OrchestrationStatus.Failed,
            _ => OrchestrationStatus.Terminated,
        };
        _end.Bind(1, log.No).Bind(2, (long)log.Status).Bind(3, log.LastAt).Run();
        Engine.Warm.TryRemove(KeyValuePair.Create(instance.Id, instance));
        Changed(instance, ended: true);
        if (tellParent && instance.Identity!.Parent is { } parent && FindLive(parent.InstanceId) is { } waiting && waiting.Log.Generation == parent.Generation)
        {
            Append(waiting, new HistoryEvent
            {
                Kind = entry.Kind == HistoryEventKind.Completed ? HistoryEventKind.ChildCompleted : HistoryEventKind.ChildFailed,
                Step = parent.Step,
                Payload = entry.Payload,
            });
        }
    }

    /// <summary>Ends an instance from outside, with everything that it started.</summary>
    public void Terminate(Instance instance, byte[] failure, bool tellParent)
    {
        End(instance, new HistoryEvent { Kind = HistoryEventKind.Terminated, Payload = failure }, tellParent);
        foreach (var child in ChildrenOf(instance.Id))
        {
            if (FindLive(child) is { } live)
            {
                Terminate(live, failure, tellParent: false);
            }
        }
    }

    /// <summary>Begins the next generation, with what nobody has processed.</summary>
    public void ContinueAsNew(Instance instance, Outcome.ContinuedAsNew next)
    {
        // The old history goes, with what this transaction has added to it; events among that are undelivered, and are taken along.
        WritePending(instance);
        var log = instance.Log;
        var events = next.Events.Concat(instance.TakeUndelivered()).ToList();
        DeleteHistory(log.No);
        if (log.Batch is { } batch)
        {
            batch.ResetWrittenCount();
            HistoryCodec.Begin(batch);
        }

        log.Generation++;
        log.NextBatch = 0;
        Unpark(instance);
        _nextGeneration.Bind(1, log.No).Bind(2, log.Generation).Bind(3, Time(instance)).Run();
        if (log.Status == OrchestrationStatus.Suspended)
        {
            Write(instance, new HistoryEvent { Kind = HistoryEventKind.Suspended }, deliver: true);
        }

        Write(instance, new HistoryEvent { Kind = HistoryEventKind.Started, Step = next.NextStep, Payload = next.Input }, deliver: true);
        foreach (var raised in events)
        {
            Write(instance, raised, deliver: true);
        }
    }

    /// <summary>Takes an instance out of memory if nothing is under way for it, and notes when it is to be woken.</summary>
    public bool Park(Instance instance)
    {
        var log = instance.Log;
        if (log.Touched || (Engine.Warm.TryGetValue(instance.Id, out var warm) && !ReferenceEquals(warm, instance)) || !instance.TryLeave(out var wakeAt))
        {
            return false;
        }

        if (log.No == 0)
        {
            // Only ever read: its row says already that it sleeps.
            _find.Bind(1, instance.Id);
            if (_find.Step())
            {
                log.No = _find.Int64(0);
                log.Status = (OrchestrationStatus)_find.Int32(2);
            }

            _find.Reset();
        }

        Engine.Warm.TryRemove(KeyValuePair.Create(instance.Id, instance));
        if (log.IsLive)
        {
            _park.Bind(1, log.No).Bind(2, 1).Bind(3, wakeAt).Run();
            if (wakeAt is { } at)
            {
                _wakes.Add((instance.Id, at));
            }
        }

        return true;
    }

    /// <summary>Deletes an instance, its history, and what it started.</summary>
    public void Purge(Instance instance)
    {
        foreach (var child in ChildrenOf(instance.Id))
        {
            if (Find(child) is { } found)
            {
                if (found.Log.IsLive)
                {
                    Terminate(found, StoredFailure.Terminated("Its parent was purged."), tellParent: false);
                }

                Purge(found);
            }
        }

        // What this transaction holds for the instance would be written after its rows are gone.
        Flush(instance);
        DeleteHistory(instance.Log.No);
        _deleteTags.Bind(1, instance.Log.No).Run();
        _deleteInstance.Bind(1, instance.Log.No).Run();
        Changed(instance, ended: true);
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

            Engine.Signals.Changed(instance.Id, ended);
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
            Engine.Timers.Wake(id, at);
        }

        _wakes.Clear();
    }

    internal const long HistoryIdMask = (1L << 24) - 1;

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

    private long Time(Instance instance) => instance.Log.LastAt = Math.Max(instance.Log.LastAt, Engine.Now);

    private void DeleteHistory(long no) => _deleteHistory.Bind(1, HistoryId(no, 0)).Bind(2, HistoryId(no + 1, 0)).Run();

    private List<string> ChildrenOf(string id)
    {
        List<string> children = [];
        _children.Bind(1, id);
        while (_children.Step())
        {
            children.Add(_children.Text(0));
        }

        _children.Reset();
        return children;
    }
}
