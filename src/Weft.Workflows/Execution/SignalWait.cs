using Weft.Workflows.Contracts;

namespace Weft.Workflows.Execution;

/// <summary>One wait for the signals of a name.</summary>
internal sealed class SignalWait(SignalHub hub, string name) : IDisposable
{
    private readonly Queue<SignalEvent> _signals = new();
    private TaskCompletionSource? _arrived;

    public bool Wants(SignalEvent signal) => string.Equals(signal.SignalName, name, StringComparison.OrdinalIgnoreCase);

    public void Offer(SignalEvent signal)
    {
        _signals.Enqueue(signal);
        var arrived = _arrived;
        _arrived = null;
        arrived?.TrySetResult();
    }

    /// <summary>The next signal; those that came before count.</summary>
    public async Task<SignalEvent> NextAsync(CancellationToken cancellationToken)
    {
        SignalEvent? signal;
        while (!_signals.TryDequeue(out signal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var arrived = new TaskCompletionSource();
            _arrived = arrived;
            using var registration = cancellationToken.Register(() => arrived.TrySetCanceled(cancellationToken));
            await arrived.Task;
        }

        return signal;
    }

    /// <summary>Offers the last signal to whoever else waits for its name.</summary>
    public void PassOn(SignalEvent signal) => hub.PassOn(signal, this);

    public void Dispose() => hub.Close(this, [.. _signals]);
}
