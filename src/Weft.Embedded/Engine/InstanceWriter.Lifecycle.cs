using Weft.Embedded.Replay;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <content>How instances begin, go over into a next generation, sleep, and end.</content>
internal sealed partial class InstanceWriter
{
    /// <summary>Creates an instance; null when there is one of that id.</summary>
    public Instance? Create(string id, string name, byte[] input, long? startAt, ParentStep? parent, StoredTags tags)
    {
        var now = _lastCreated = Math.Max(_lastCreated, _engine.Now);
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
        var instance =
            delayed ? new Instance(id, _engine) : _engine.Warm.GetOrAdd(id, static (id, engine) => new Instance(id, engine), _engine);
        instance.Identity = new InstanceIdentity(id, name, now, parent);
        var log = instance.Log;
        log.No = _lastNo;
        log.Generation = 0;
        log.NextBatch = 0;
        log.Status = delayed ? OrchestrationStatus.Pending : OrchestrationStatus.Running;
        log.LastAt = now;
        log.Parked = delayed;
        Write(instance, new HistoryEvent { Kind = HistoryEventKind.Started, Time = delayed ? startAt!.Value : 0, Payload = input },
            deliver: !delayed);
        if (delayed)
        {
            _wakes.Add((id, startAt!.Value));
        }
        else
        {
            _engine.Entered(instance);
        }

        return instance;
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
        _engine.Warm.TryRemove(KeyValuePair.Create(instance.Id, instance));
        Changed(instance, ended: true);
        if (tellParent && instance.Identity!.Parent is { } parent && FindLive(parent.InstanceId) is { } waiting
            && waiting.Log.Generation == parent.Generation)
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

    /// <summary>Holds an instance with everything that it started, or lets them go on.</summary>
    /// <param name="instance">A live one.</param>
    /// <param name="hold">Whether it is held; else it goes on.</param>
    /// <param name="reason">Why, as JSON.</param>
    /// <param name="told">Gets the instances that this changes something for.</param>
    public void Hold(Instance instance, bool hold, byte[] reason, List<Instance> told)
    {
        if ((instance.Log.Status == OrchestrationStatus.Suspended) != hold)
        {
            Append(instance, new HistoryEvent { Kind = hold ? HistoryEventKind.Suspended : HistoryEventKind.Resumed, Payload = reason });
            SetStatus(instance, hold ? OrchestrationStatus.Suspended : OrchestrationStatus.Running);
            told.Add(instance);
        }

        foreach (var child in ChildrenOf(instance.Id))
        {
            if (FindLive(child) is { } live)
            {
                Hold(live, hold, reason, told);
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
        if (instance.Log.Touched || !instance.TryLeave(out var sleeps, out var wakeAt))
        {
            return false;
        }

        // What was only replayed is not known to the writer yet.
        var live = instance.Log.No != 0 ? instance : FindLive(instance.Id);
        _engine.Warm.TryRemove(KeyValuePair.Create(instance.Id, instance));
        if (sleeps && live is { Log.IsLive: true })
        {
            _park.Bind(1, live.Log.No).Bind(2, 1).Bind(3, wakeAt).Run();
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

    /// <summary>The entries of a generation are too many to number: it is ended before it spoils its neighbour's rows.</summary>
    private void EndOverlong(Instance instance) => End(instance, new HistoryEvent
    {
        Kind = HistoryEventKind.Failed,
        Payload = StoredFailure.Of(new FailureDetails(
            "history_too_long",
            $"The history of '{instance.Id}' has {MaxBatches:N0} entries, which is the most that one generation may have. Call "
            + $"ContinueAsNew before that.",
            NonRetryable: true)),
    });

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
