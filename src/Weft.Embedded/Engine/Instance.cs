using Weft.Embedded.Replay;

namespace Weft.Embedded.Engine;

/// <summary>One instance in memory: what has happened and is not yet delivered, its run, and the steps it has under way.</summary>
/// <remarks>
/// At most one exists for an id: the writer alone takes it out of memory. Its turns are taken one at a time, by whichever thread.
/// What several threads touch is guarded by <see cref="Gate"/>, under which nothing waits.
/// </remarks>
internal sealed partial class Instance(string id, EngineCore engine) : Work(engine.Dispatcher)
{
    private readonly List<InboxEntry> _inbox = [];
    private readonly Dictionary<int, ActivityCall> _calls = [];
    private readonly Dictionary<int, TimerEntry> _timers = [];
    private readonly List<HistoryEvent> _records = [];
    private OrchestrationRun? _run;
    private byte[]? _customStatus;
    private long _dirtySince;
    private int _visible;
    private int _pins;
    private int _generation;
    private bool _scheduled;
    private bool _gone;
    private long? _startAt;
    private bool _holds;
    private List<ActivityCall>? _held;
    private TaskCompletionSource? _rest;

    public Lock Gate { get; } = new();

    public string Id { get; } = id;

    /// <summary>Gets or sets who it is; null until somebody has read it.</summary>
    public InstanceIdentity? Identity { get; set; }

    /// <summary>Gets the writer's view.</summary>
    public InstanceLog Log { get; } = new();

    /// <summary>Gets or sets a value indicating whether it was used since the last search for one to evict.</summary>
    public bool Recent { get; set; } = true;

    /// <summary>Gets a value indicating whether it has left memory.</summary>
    public bool IsGone => Volatile.Read(ref _gone);

    /// <summary>Gets or sets a value indicating whether it is queued to have its records written.</summary>
    public bool DirtyQueued { get; set; }

    /// <summary>Takes an entry that the transaction under way writes. It is delivered once that is durable.</summary>
    public void Receive(HistoryEvent entry, int generation, int batch)
    {
        lock (Gate)
        {
            _inbox.Add(new InboxEntry(entry, generation, batch));
        }
    }

    /// <summary>What was received is durable now.</summary>
    public void Release()
    {
        bool schedule;
        lock (Gate)
        {
            _visible = _inbox.Count;
            schedule = _visible > 0 && ScheduleLocked();
        }

        if (schedule)
        {
            Dispatcher.Post(this);
        }
    }

    /// <summary>Has a turn taken, if only to look whether there is something to do.</summary>
    public void Schedule()
    {
        bool schedule;
        lock (Gate)
        {
            schedule = ScheduleLocked();
        }

        if (schedule)
        {
            Dispatcher.Post(this);
        }
    }

    /// <summary>Takes the events that were received and not delivered: they go to the next generation.</summary>
    public List<HistoryEvent> TakeUndelivered()
    {
        lock (Gate)
        {
            var events = _inbox.Select(entry => entry.Event).Where(entry => entry.Kind == HistoryEventKind.EventRaised).ToList();
            _inbox.Clear();
            _visible = 0;
            return events;
        }
    }

    /// <summary>Takes what the last turns decided and nobody has written yet.</summary>
    public (HistoryEvent[] Records, byte[]? CustomStatus) TakePending()
    {
        lock (Gate)
        {
            if (_records.Count == 0 && _customStatus is null)
            {
                return ([], null);
            }

            var taken = (_records.ToArray(), _customStatus);
            _records.Clear();
            _customStatus = null;
            return taken;
        }
    }

    /// <summary>Says how long records have waited, in milliseconds; null when there are none.</summary>
    public long? PendingFor(long now)
    {
        lock (Gate)
        {
            return _records.Count == 0 && _customStatus is null ? null : now - _dirtySince;
        }
    }

    /// <summary>Waits until no turn is under way, and all that is durable was delivered.</summary>
    public Task AtRestAsync()
    {
        lock (Gate)
        {
            return _gone || (!_scheduled && _visible == 0)
                ? Task.CompletedTask
                : (_rest ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Keeps a call from beginning while an operator holds the instance: it begins when the instance goes on.</summary>
    public bool Keeps(ActivityCall call)
    {
        lock (Gate)
        {
            if (_holds && !_gone)
            {
                (_held ??= []).Add(call);
                return true;
            }

            return false;
        }
    }

    public void Unpin()
    {
        lock (Gate)
        {
            _pins--;
        }
    }

    /// <summary>Leaves memory if nothing is under way. Asked by the writer.</summary>
    /// <param name="sleeps">It has been through its history, and waits: a start need not replay it before something happens.</param>
    /// <param name="wakeAt">When its next timer fires, in ticks.</param>
    public bool TryLeave(out bool sleeps, out long? wakeAt)
    {
        sleeps = false;
        wakeAt = null;
        List<TimerEntry> timers;
        lock (Gate)
        {
            if (_gone || _scheduled || _pins > 0 || _calls.Count > 0 || _inbox.Count > 0 || _records.Count > 0 || _customStatus is not null
                || Log.Touched || _run is { HasEnded: true })
            {
                return false;
            }

            _gone = true;
            sleeps = _run is not null || _startAt is not null;
            timers = [.. _timers.Values];
            _timers.Clear();
            _run = null;
        }

        wakeAt = _startAt;
        foreach (var timer in timers)
        {
            wakeAt = Math.Min(wakeAt ?? long.MaxValue, timer.At);
            engine.Timers.Remove(timer);
        }

        return true;
    }

    /// <summary>It has ended, durably: what it runs is cancelled, and nothing reaches it any more.</summary>
    public void Leave()
    {
        List<ActivityCall> calls;
        List<TimerEntry> timers;
        lock (Gate)
        {
            _gone = true;
            _inbox.Clear();
            _visible = 0;
            _records.Clear();
            _customStatus = null;
            calls = [.. _calls.Values];
            timers = [.. _timers.Values];
            _timers.Clear();
            _run = null;
            _held = null;
            _rest?.TrySetResult();
        }

        foreach (var call in calls)
        {
            call.GiveUp();
        }

        foreach (var timer in timers)
        {
            engine.Timers.Remove(timer);
        }
    }

    /// <summary>An activity's call has ended.</summary>
    public void Forget(ActivityCall call)
    {
        lock (Gate)
        {
            if (_calls.TryGetValue(call.Step, out var known) && ReferenceEquals(known, call))
            {
                _calls.Remove(call.Step);
            }
        }
    }

    private bool ScheduleLocked()
    {
        Recent = true;
        if (_scheduled || _gone)
        {
            return false;
        }

        _scheduled = true;
        return true;
    }

    private readonly record struct InboxEntry(HistoryEvent Event, int Generation, int Batch);
}
