namespace Weft.Workflows.Sequences;

/// <summary>Hands out what completes, in the order of completion; each costs the same however many run.</summary>
internal sealed class CompletionQueue
{
    private readonly Queue<int> _completed = new();
    private TaskCompletionSource? _arrived;

    public void Add(int item)
    {
        _completed.Enqueue(item);
        var arrived = _arrived;
        _arrived = null;
        arrived?.TrySetResult();
    }

    /// <summary>The next that completed. One caller waits at a time.</summary>
    public async Task<int> NextAsync()
    {
        while (_completed.Count == 0)
        {
            _arrived = new TaskCompletionSource();
            await _arrived.Task;
        }

        return _completed.Dequeue();
    }
}
