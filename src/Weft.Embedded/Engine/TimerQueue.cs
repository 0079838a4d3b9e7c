namespace Weft.Embedded.Engine;

/// <summary>The durable timers of the instances in memory, and the wake-ups of those that sleep, on one timer of the machine.</summary>
internal sealed class TimerQueue : IDisposable
{
    /// <summary>The clock on the wall may be moved: it is read again at least this often.</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly SortedSet<TimerEntry> _entries = new(Comparer<TimerEntry>.Create(static (left, right) =>
        left.At != right.At ? left.At.CompareTo(right.At) : left.Order.CompareTo(right.Order)));

    private readonly TimeProvider _clock;
    private readonly Action<TimerEntry> _due;
    private readonly ITimer _timer;
    private long _order;
    private long _armedFor = long.MaxValue;
    private bool _stopped;

    public TimerQueue(TimeProvider clock, Action<TimerEntry> due)
    {
        _clock = clock;
        _due = due;
        _timer = clock.CreateTimer(
            static queue => ((TimerQueue)queue!).Elapsed(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Add(TimerEntry entry)
    {
        lock (_gate)
        {
            entry.Order = ++_order;
            _entries.Add(entry);
            Arm();
        }
    }

    /// <summary>Has a sleeping instance looked at.</summary>
    public void Wake(string instanceId, long at) => Add(new TimerEntry(at, instanceId, null, 0, -1));

    public void Remove(TimerEntry entry)
    {
        lock (_gate)
        {
            _entries.Remove(entry);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            _entries.Clear();
        }

        _timer.Dispose();
    }

    private void Arm()
    {
        if (_stopped || _entries.Min is not { } first || first.At >= _armedFor)
        {
            return;
        }

        var now = _clock.GetUtcNow().UtcTicks;
        var wait = TimeSpan.FromTicks(Math.Max(0, first.At - now));

        // A timer of the machine counts whole milliseconds, and may be early by the rest.
        wait = wait < LongestSleep ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : LongestSleep;
        _armedFor = Math.Min(first.At, now + wait.Ticks);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Elapsed()
    {
        List<TimerEntry> due = [];
        lock (_gate)
        {
            _armedFor = long.MaxValue;
            var now = _clock.GetUtcNow().UtcTicks;
            while (!_stopped && _entries.Min is { } first && first.At <= now)
            {
                _entries.Remove(first);
                due.Add(first);
            }

            Arm();
        }

        foreach (var entry in due)
        {
            _due(entry);
        }
    }
}
