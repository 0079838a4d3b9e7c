namespace Weft.Workflows.Tests.Harness;

/// <summary>Runs what orchestrators post, on one thread and in order. A post from another thread is a fault of the orchestrator.</summary>
internal sealed class TurnQueue : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _left;

    public override void Post(SendOrPostCallback d, object? state)
    {
        _left |= Environment.CurrentManagedThreadId != _thread;
        lock (_posted)
        {
            _posted.Enqueue((d, state));
        }
    }

    public void Drain()
    {
        while (true)
        {
            (SendOrPostCallback Callback, object? State) next;
            lock (_posted)
            {
                if (!_posted.TryDequeue(out next))
                {
                    break;
                }
            }

            next.Callback(next.State);
        }

        Assert.False(_left, "The orchestrator went on from another thread.");
    }
}
