using System.Runtime.CompilerServices;

namespace Weft.Embedded.Engine;

/// <summary>
/// Hands work to the thread pool, and keeps the first thing that a piece of work leads to on the thread that did it: a chain of
/// short steps then costs no hand-over between threads.
/// </summary>
internal sealed class Dispatcher
{
    /// <summary>So many pieces in a row, then others get the thread.</summary>
    private const int LongestChain = 128;

    private static readonly ExecutionContext CleanContext = CaptureClean();

    [ThreadStatic]
    private static Chain? _chain;

    private int _queued;

    /// <summary>Gets a value indicating whether no work waits for a thread.</summary>
    public bool IsIdle => Volatile.Read(ref _queued) == 0;

    public void Post(Work work)
    {
        if (_chain is { Open: true, Next: null } chain)
        {
            chain.Next = work;
        }
        else
        {
            Interlocked.Increment(ref _queued);
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }
    }

    internal void Execute(Work work)
    {
        Interlocked.Decrement(ref _queued);
        RunHere(work);
    }

    /// <summary>Runs work on the current thread, and what follows from it.</summary>
    public void RunHere(Work work)
    {
        var chain = _chain ??= new Chain();
        if (chain.Open)
        {
            Post(work);
            return;
        }

        chain.Open = true;
        try
        {
            for (var length = 0; ; length++)
            {
                work.Run();
                ExecutionContext.Restore(CleanContext);
                if (chain.Next is not { } next)
                {
                    return;
                }

                chain.Next = null;
                if (length == LongestChain)
                {
                    chain.Open = false;
                    Post(next);
                    return;
                }

                work = next;
            }
        }
        finally
        {
            chain.Open = false;
            if (chain.Next is { } left)
            {
                chain.Next = null;
                Post(left);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ExecutionContext CaptureClean()
    {
        ExecutionContext? captured = null;
        var thread = new Thread(() => captured = ExecutionContext.Capture()) { IsBackground = true };
        thread.UnsafeStart();
        thread.Join();
        return captured!;
    }

    private sealed class Chain
    {
        public bool Open { get; set; }

        public Work? Next { get; set; }
    }
}
