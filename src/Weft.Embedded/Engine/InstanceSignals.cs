using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace Weft.Embedded.Engine;

/// <summary>Who waits in this process for something to change about an instance.</summary>
internal sealed class InstanceSignals
{
    private readonly ConcurrentDictionary<string, Listener[]> _listeners = new(StringComparer.Ordinal);
    private volatile Exception? _closed;

    /// <summary>Listens until the listener is disposed.</summary>
    /// <param name="instanceId">To whom.</param>
    /// <param name="endOnly">Only the instance's end (or its removal) matters.</param>
    public Listener Listen(string instanceId, bool endOnly)
    {
        var listener = new Listener(this, instanceId, endOnly);
        _listeners.AddOrUpdate(instanceId, static (_, one) => [one], static (_, all, one) => [.. all, one], listener);
        if (_closed is { } closed)
        {
            listener.Close(closed);
        }

        return listener;
    }

    /// <summary>Something changed, durably.</summary>
    public void Changed(string instanceId, bool ended)
    {
        if (_listeners.TryGetValue(instanceId, out var listeners))
        {
            foreach (var listener in listeners)
            {
                if (ended || !listener.EndOnly)
                {
                    listener.Wake();
                }
            }
        }
    }

    /// <summary>Nothing will change any more in this process.</summary>
    public void Close(Exception reason)
    {
        _closed = reason;
        foreach (var listeners in _listeners.Values)
        {
            foreach (var listener in listeners)
            {
                listener.Close(reason);
            }
        }
    }

    private void Remove(Listener listener)
    {
        while (_listeners.TryGetValue(listener.InstanceId, out var all))
        {
            var rest = Array.FindAll(all, other => !ReferenceEquals(other, listener));
            if (rest.Length == 0
                ? _listeners.TryRemove(KeyValuePair.Create(listener.InstanceId, all))
                : _listeners.TryUpdate(listener.InstanceId, rest, all))
            {
                return;
            }
        }
    }

    internal sealed class Listener(InstanceSignals signals, string instanceId, bool endOnly) : IDisposable
    {
        private readonly Channel<bool> _signal =
            Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public string InstanceId => instanceId;

        public bool EndOnly => endOnly;

        /// <summary>Waits for a change since the last wait.</summary>
        public async Task WaitAsync(CancellationToken cancellationToken)
        {
            try
            {
                await _signal.Reader.ReadAsync(cancellationToken);
            }
            catch (ChannelClosedException exception) when (exception.InnerException is { } reason)
            {
                ExceptionDispatchInfo.Throw(reason);
            }
        }

        public void Wake() => _signal.Writer.TryWrite(true);

        public void Close(Exception reason) => _signal.Writer.TryComplete(reason);

        public void Dispose() => signals.Remove(this);
    }
}
