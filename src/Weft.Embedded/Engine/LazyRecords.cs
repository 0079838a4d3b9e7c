using System.Collections.Concurrent;
using Weft.Embedded.Sqlite;

namespace Weft.Embedded.Engine;

/// <summary>Instances with records that may wait for company. What finds none within some milliseconds is written by itself.</summary>
internal sealed class LazyRecords
{
    private const long LongestWaitMs = 5;

    private readonly ConcurrentQueue<Instance> _dirty = new();
    private readonly EngineCore _engine;
    private readonly GroupCommitWriter _writer;
    private readonly InstanceWriter _instances;

    public LazyRecords(EngineCore engine, GroupCommitWriter writer, InstanceWriter instances)
    {
        (_engine, _writer, _instances) = (engine, writer, instances);
        writer.OnTick(Overdue);
    }

    public void Add(Instance instance)
    {
        if (!instance.DirtyQueued)
        {
            instance.DirtyQueued = true;
            _dirty.Enqueue(instance);
        }

        _writer.StartTicking();
    }

    private WriteRecords? Overdue()
    {
        List<Instance>? overdue = null;
        var now = _engine.Milliseconds;
        for (var left = _dirty.Count; left > 0 && _dirty.TryDequeue(out var instance); left--)
        {
            // Cleared first: records that come now queue it again, which costs a look and loses nothing.
            instance.DirtyQueued = false;
            if (instance.PendingFor(now) is { } waited)
            {
                if (waited >= LongestWaitMs)
                {
                    (overdue ??= []).Add(instance);
                }
                else
                {
                    instance.DirtyQueued = true;
                    _dirty.Enqueue(instance);
                }
            }
        }

        if (!_dirty.IsEmpty)
        {
            _writer.StartTicking();
        }

        return overdue is null ? null : new WriteRecords(_instances, overdue);
    }
}
