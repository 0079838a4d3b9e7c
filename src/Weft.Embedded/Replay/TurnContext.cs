namespace Weft.Embedded.Replay;

/// <summary>Where the code of one orchestration runs: on the thread that takes its turn, and nowhere else.</summary>
/// <remarks>
/// Continuations of the context's tasks run inline while the turn delivers; the others queue up here. What comes from another
/// thread belongs to a task that is not the context's: it is reported, and does not run. One object serves the whole run, because
/// a continuation runs inline only when it comes back to the very context that it left from.
/// </remarks>
/// <param name="foreign">Called, on the foreign thread, when something came from outside the turn.</param>
internal sealed class TurnContext(Action foreign) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private int _thread;

    /// <summary>Gets a value indicating whether the current thread is taking the turn.</summary>
    public bool IsHere => _thread == Environment.CurrentManagedThreadId;

    /// <summary>Takes a turn: runs the code with this context in place.</summary>
    public void Run(Action turn)
    {
        var outer = Current;
        _thread = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            turn();
        }
        finally
        {
            _thread = 0;
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Runs what is queued, until nothing is.</summary>
    public void Drain()
    {
        while (_posted.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsHere)
        {
            _posted.Enqueue((d, state));
        }
        else
        {
            foreign();
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (IsHere)
        {
            d(state);
        }
        else
        {
            foreign();
        }
    }

    public override SynchronizationContext CreateCopy() => this;
}
