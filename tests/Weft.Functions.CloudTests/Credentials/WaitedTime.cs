using System.Collections.Concurrent;

namespace Weft.Functions.CloudTests.Credentials;

/// <summary>The system's time, whose timers fire only when a test says that theirs has come.</summary>
internal sealed class WaitedTime : TimeProvider
{
    private readonly ConcurrentBag<Waiting> _timers = [];

    public void PassAll()
    {
        foreach (var timer in _timers)
        {
            timer.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Waiting(() => callback(state));
        _timers.Add(timer);
        return timer;
    }

    private sealed class Waiting(Action fire) : ITimer
    {
        private volatile bool _over;

        public void Fire()
        {
            if (!_over)
            {
                fire();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !_over;

        public void Dispose() => _over = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
