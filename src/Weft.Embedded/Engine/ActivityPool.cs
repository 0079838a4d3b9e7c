namespace Weft.Embedded.Engine;

/// <summary>Runs activities, so many at a time; the others wait in line.</summary>
internal sealed class ActivityPool(EngineCore engine, int limit)
{
    private readonly Lock _gate = new();
    private readonly Queue<ActivityCall> _line = new();
    private readonly HashSet<ActivityCall> _running = [];
    private TaskCompletionSource? _empty;
    private bool _draining;
    private volatile bool _cutOff;

    /// <summary>Gets a value indicating whether what still runs has been told to stop: failures then mean nothing.</summary>
    public bool IsCutOff => _cutOff;

    public (int Running, int Waiting) Load
    {
        get
        {
            lock (_gate)
            {
                return (_running.Count, _line.Count);
            }
        }
    }

    /// <summary>Starts a call, or puts it in line. While the engine drains, neither: the next start replays the call.</summary>
    public void Start(ActivityCall call)
    {
        lock (_gate)
        {
            if (_draining)
            {
                return;
            }

            if (_running.Count >= limit)
            {
                _line.Enqueue(call);
                return;
            }

            _running.Add(call);
        }

        engine.Dispatcher.Post(call);
    }

    /// <summary>A call has ended, one way or another: the next in line starts.</summary>
    public void Finished(ActivityCall call)
    {
        ActivityCall? next;
        lock (_gate)
        {
            _running.Remove(call);
            if (!_draining && _line.TryDequeue(out next))
            {
                _running.Add(next);
            }
            else
            {
                next = null;
            }

            if (_running.Count == 0)
            {
                _empty?.TrySetResult();
            }
        }

        if (next is not null)
        {
            engine.Dispatcher.Post(next);
        }
    }

    /// <summary>Starts nothing more, waits for what runs, and cancels what runs too long.</summary>
    public async Task DrainAsync(TimeSpan patience, TimeSpan afterCancel, CancellationToken cancellationToken)
    {
        Task empty;
        lock (_gate)
        {
            _draining = true;
            _line.Clear();
            _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_running.Count == 0)
            {
                _empty.TrySetResult();
            }

            empty = _empty.Task;
        }

        if (await EndsAsync(empty, patience, cancellationToken))
        {
            return;
        }

        _cutOff = true;
        ActivityCall[] left;
        lock (_gate)
        {
            left = [.. _running];
        }

        engine.Log.DrainCutOff(left.Length, patience);
        foreach (var call in left)
        {
            call.GiveUp();
        }

        await EndsAsync(empty, afterCancel, CancellationToken.None);
    }

    private async Task<bool> EndsAsync(Task empty, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await empty.WaitAsync(patience, engine.Clock, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
