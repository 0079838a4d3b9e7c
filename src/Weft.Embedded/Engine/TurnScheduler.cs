namespace Weft.Embedded.Engine;

/// <summary>Where the code of one orchestration runs: on the thread that takes its turn, and nowhere else.</summary>
/// <remarks>
/// Continuations of the context's tasks run inline while the turn delivers; the others queue up here. What comes from another
/// thread belongs to a task that is not the context's: it is reported, and does not run.
/// </remarks>
internal sealed class TurnScheduler : TaskScheduler
{
    private readonly Queue<(SendOrPostCallback? Callback, object? State)> _posted = new();
    private readonly Action _foreign;
    private readonly Context _context;
    private int _thread;

    /// <param name="foreign">Called, on the foreign thread, when something came from outside the turn.</param>
    public TurnScheduler(Action foreign)
    {
        _foreign = foreign;
        _context = new Context(this);
    }

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Gets a value indicating whether the current thread is taking the turn.</summary>
    public bool IsHere => _thread == Environment.CurrentManagedThreadId;

    /// <summary>Takes a turn: runs the code with this scheduler and its synchronization context in place.</summary>
    public void Run<TState>(Action<TState> turn, TState state)
        where TState : class
    {
        var outer = SynchronizationContext.Current;
        _thread = Environment.CurrentManagedThreadId;

        // One context for the whole run: a continuation runs inline only when it comes back to the very object that it left from.
        SynchronizationContext.SetSynchronizationContext(_context);
        try
        {
            var task = new Task(static box => { var (run, value) = ((Action<TState>, TState))box!; run(value); }, (turn, state));
            task.RunSynchronously(this);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            _thread = 0;
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Queues something for later in the turn.</summary>
    public void Post(SendOrPostCallback callback, object? state)
    {
        if (IsHere)
        {
            _posted.Enqueue((callback, state));
        }
        else
        {
            _foreign();
        }
    }

    /// <summary>Runs what is queued, until nothing is.</summary>
    public void Drain()
    {
        while (_posted.TryDequeue(out var next))
        {
            if (next.Callback is { } callback)
            {
                callback(next.State);
            }
            else
            {
                TryExecuteTask((Task)next.State!);
            }
        }
    }

    protected override void QueueTask(Task task)
    {
        if (IsHere)
        {
            _posted.Enqueue((null, task));
        }
        else
        {
            _foreign();
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && IsHere && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private sealed class Context(TurnScheduler scheduler) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => scheduler.Post(d, state);

        public override void Send(SendOrPostCallback d, object? state)
        {
            if (scheduler.IsHere)
            {
                d(state);
            }
            else
            {
                scheduler.Post(d, state);
            }
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}
