using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Weft.Embedded.Sqlite;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>The parts of a running engine, as they see each other.</summary>
internal sealed class EngineCore : IDisposable
{
    private readonly ConcurrentQueue<Instance> _hands = new();
    private readonly int _maxWarm;
    private int _evicting;

    public EngineCore(
        EmbeddedStorage storage,
        EmbeddedEngineOptions options,
        IReadOnlyDictionary<string, ActivityRegistration> activities,
        IReadOnlyDictionary<string, OrchestratorRegistration> orchestrators,
        IServiceProvider services,
        TimeProvider clock,
        ILogger log)
    {
        Storage = storage;
        ActivityKinds = activities;
        Orchestrators = orchestrators;
        Services = services;
        Clock = clock;
        Log = log;
        _maxWarm = options.MaxWarmInstances;
        Timers = new TimerQueue(clock, Due);
        Activities = new ActivityPool(this, options.MaxConcurrentActivities);
        Instances = new InstanceWriter(storage.Session.Database, this);
        storage.Session.Gather(Instances.Flush, Instances.Committed);
        Readers = storage.ReadersOf(static database => new InstanceReader(database));
        Lazy = new LazyRecords(this, storage.Writer, Instances);
    }

    public EmbeddedStorage Storage { get; }

    /// <summary>Gets what writes instances; the committing thread's alone.</summary>
    public InstanceWriter Instances { get; }

    public ReadPool<InstanceReader> Readers { get; }

    public IReadOnlyDictionary<string, ActivityRegistration> ActivityKinds { get; }

    public IReadOnlyDictionary<string, OrchestratorRegistration> Orchestrators { get; }

    public IServiceProvider Services { get; }

    public TimeProvider Clock { get; }

    public ILogger Log { get; }

    public Dispatcher Dispatcher { get; } = new();

    public TimerQueue Timers { get; }

    public ActivityPool Activities { get; }

    public LazyRecords Lazy { get; }

    public InstanceSignals Signals { get; } = new();

    /// <summary>Gets the instances in memory. Only the writer takes one out.</summary>
    public ConcurrentDictionary<string, Instance> Warm { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether orchestrators run: not before the start, and not after the stop.</summary>
    public bool TakesTurns { get; set; }

    public long Now => Clock.GetUtcNow().UtcTicks;

    /// <summary>Gets the milliseconds since some moment: for how long something has waited.</summary>
    public long Milliseconds => (long)Clock.GetElapsedTime(0).TotalMilliseconds;

    /// <summary>Has an instance looked at, bringing it into memory.</summary>
    public void Wake(string instanceId)
    {
        var fresh = new Instance(instanceId, this);
        var instance = Warm.GetOrAdd(instanceId, fresh);
        if (ReferenceEquals(instance, fresh))
        {
            Entered(fresh);
        }

        instance.Schedule();
    }

    /// <summary>An instance turned out to have nothing to do here.</summary>
    public void Forget(Instance instance) => Storage.Writer.Submit(new Park(Instances, [instance]), mayLead: false);

    /// <summary>An instance came into memory: when there are too many, ones that rest leave it.</summary>
    public void Entered(Instance instance)
    {
        _hands.Enqueue(instance);
        for (var looks = 0; looks < 2 && _hands.TryDequeue(out var next); looks++)
        {
            if (!next.IsGone)
            {
                _hands.Enqueue(next);
            }
        }

        if (Warm.Count > _maxWarm && Interlocked.Exchange(ref _evicting, 1) == 0)
        {
            Evict();
            Volatile.Write(ref _evicting, 0);
        }
    }

    /// <summary>The clock algorithm: whoever was used since the hand last passed stays for another round.</summary>
    private void Evict()
    {
        List<Instance> leaving = [];
        var excess = Warm.Count - _maxWarm + (_maxWarm / 16);
        for (var looks = _hands.Count; looks > 0 && leaving.Count < excess && _hands.TryDequeue(out var next); looks--)
        {
            if (next.IsGone)
            {
                continue;
            }

            _hands.Enqueue(next);
            if (!next.Recent)
            {
                leaving.Add(next);
            }

            next.Recent = false;
        }

        if (leaving.Count > 0)
        {
            Storage.Writer.Submit(new Park(Instances, leaving), mayLead: false);
        }
    }

    public void Dispose() => Timers.Dispose();

    private void Due(TimerEntry timer)
    {
        if (timer.Instance is { } instance)
        {
            instance.Fire(timer);
        }
        else
        {
            Wake(timer.InstanceId);
        }
    }
}
