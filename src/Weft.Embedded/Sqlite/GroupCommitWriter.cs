using Weft.Language;

namespace Weft.Embedded.Sqlite;

/// <summary>The one writer of the database: gathers the changes of everybody into transactions, one at a time.</summary>
/// <remarks>
/// Whoever finds the writer idle commits on its own thread, which saves a lone chain of steps two hand-overs a step. What arrives
/// while a commit is under way is gathered, and the writer's own thread commits it in one transaction. A failed transaction
/// ends the writer: what is in memory can't be trusted after it, while the file is as the last commit left it.
/// </remarks>
internal sealed class GroupCommitWriter : IDisposable
{
    private const int MostInABatch = 2_000;
    private static readonly TimeSpan TickLength = TimeSpan.FromMilliseconds(5);

    private readonly object _gate = new();
    private readonly WriteSession _session;
    private readonly Thread _thread;
    private List<WriteOperation> _waiting = [];
    private List<WriteOperation> _batch = [];
    private Leader _leader;
    private bool _ticking;
    private bool _stopping;
    private Exception? _fault;
    private volatile Func<WriteOperation?>? _tick;
    private volatile Action<Exception>? _onFault;

    public GroupCommitWriter(WriteSession session)
    {
        _session = session;
        _thread = new Thread(Work) { IsBackground = true, Name = "weft-writer" };
        _thread.Start();
    }

    private enum Leader
    {
        None,
        Caller,
        Thread,
    }

    /// <summary>Queues a change.</summary>
    /// <param name="operation">The change.</param>
    /// <param name="mayLead">The caller's thread may commit it, and wait for the disk, when nobody else is committing.</param>
    public void Submit(WriteOperation operation, bool mayLead)
    {
        Exception? refused = null;
        var lead = false;
        lock (_gate)
        {
            if (_fault is not null || _stopping)
            {
                refused = _fault ?? new WeftException(
                    "engine_stopped", Fault.Unavailable,
                    "The engine has stopped. What was not accepted before is to be sent again once it runs.");
            }
            else
            {
                _waiting.Add(operation);
                if (_leader == Leader.None)
                {
                    lead = mayLead;
                    _leader = mayLead ? Leader.Caller : Leader.Thread;
                    if (!mayLead)
                    {
                        Monitor.Pulse(_gate);
                    }
                }
            }
        }

        if (refused is not null)
        {
            operation.Failed(refused);
        }
        else if (lead)
        {
            CommitOnce();
            lock (_gate)
            {
                HandOver();
            }
        }
    }

    /// <summary>Says what is called, once, when a transaction failed.</summary>
    public void OnFault(Action<Exception> fault) => _onFault = fault;

    /// <summary>Says what the writer asks, some milliseconds apart, for changes that can wait for company.</summary>
    public void OnTick(Func<WriteOperation?> tick) => _tick = tick;

    /// <summary>Starts the ticks; they end by themselves when a tick brings nothing.</summary>
    public void StartTicking()
    {
        if (Volatile.Read(ref _ticking))
        {
            return;
        }

        lock (_gate)
        {
            if (!_ticking)
            {
                _ticking = true;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Commits what is queued, and ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        _thread.Join();
    }

    private void HandOver()
    {
        if (_waiting.Count == 0)
        {
            _leader = Leader.None;
            if (_stopping)
            {
                Monitor.PulseAll(_gate);
            }
        }
        else
        {
            _leader = Leader.Thread;
            Monitor.PulseAll(_gate);
        }
    }

    private void Work()
    {
        while (true)
        {
            var tick = false;
            lock (_gate)
            {
                while (_leader != Leader.Thread && !tick)
                {
                    if (_stopping && _leader == Leader.None)
                    {
                        return;
                    }

                    if (!_ticking)
                    {
                        Monitor.Wait(_gate);
                    }
                    else
                    {
                        tick = !Monitor.Wait(_gate, TickLength);
                    }
                }
            }

            if (tick)
            {
                Tick();
                continue;
            }

            while (true)
            {
                CommitOnce();
                lock (_gate)
                {
                    if (_waiting.Count == 0)
                    {
                        HandOver();
                        break;
                    }
                }
            }
        }
    }

    private void Tick()
    {
        // Cleared before the question: a change that comes after it starts the ticks again.
        Interlocked.Exchange(ref _ticking, false);
        if (_tick?.Invoke() is { } operation)
        {
            Submit(operation, mayLead: false);
        }
    }

    private void CommitOnce()
    {
        List<WriteOperation> batch;
        lock (_gate)
        {
            if (_waiting.Count <= MostInABatch)
            {
                (_batch, _waiting) = (_waiting, _batch);
            }
            else
            {
                _batch.AddRange(_waiting.GetRange(0, MostInABatch));
                _waiting.RemoveRange(0, MostInABatch);
            }

            batch = _batch;
        }

        try
        {
            if (_fault is null)
            {
                _session.Begin();
                foreach (var operation in batch)
                {
                    operation.Apply();
                }

                _session.Commit();
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        if (_fault is { } fault)
        {
            foreach (var operation in batch)
            {
                operation.Failed(fault);
            }
        }
        else
        {
            _session.Committed();
            foreach (var operation in batch)
            {
                operation.Committed();
            }
        }

        batch.Clear();
    }

    private void Fail(Exception exception)
    {
        _session.Abandon();
        lock (_gate)
        {
            _fault = exception is WeftException
                ? exception
                : new WeftException(
                    "storage_failed", Fault.Unavailable,
                    $"A commit failed: {exception.Message} Start again: nothing that was committed is lost.", exception);
        }

        _onFault?.Invoke(_fault);
    }
}
