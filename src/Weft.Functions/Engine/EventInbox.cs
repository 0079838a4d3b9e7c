using System.Text.Json.Nodes;

namespace Weft.Functions.Engine;

/// <summary>Hands external events to those that wait, the oldest first.</summary>
/// <remarks>
/// The SDK gives an event to the newest wait of its name, and also to one that was cancelled, where it is lost. So there is only ever one
/// wait of the SDK's for a name, which is never cancelled; the order and the cancelled waits are kept here. A wait for an event
/// does not hold an instance open.
/// </remarks>
/// <param name="receiveAsync">Waits for the next event of a name, as the SDK has it.</param>
/// <param name="sendToSelf">Sends an event to the instance itself.</param>
internal sealed class EventInbox(Func<string, Task<JsonNode?>> receiveAsync, Action<string, Payload> sendToSelf)
{
    // A list: what is sent on goes in an order that a replay repeats.
    private readonly List<Box> _boxes = [];
    private bool _sendsOn;

    /// <summary>The next event of a name.</summary>
    public Task<Payload> NextAsync(string name, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<Payload>(cancellationToken);
        }

        var box = _boxes.Find(b => b.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (box is null)
        {
            _boxes.Add(box = new Box(name));
        }

        if (box.Kept.TryDequeue(out var kept))
        {
            return Task.FromResult(kept);
        }

        var waiter = new TaskCompletionSource<Payload>();
        cancellationToken.Register(() => waiter.TrySetCanceled(cancellationToken));
        box.Waiters.Enqueue(waiter);
        if (!box.IsListening)
        {
            box.IsListening = true;
            _ = ListenAsync(box);
        }

        return waiter.Task;
    }

    /// <summary>
    /// Before the instance continues as new: events that nobody took go to the next generation, through the instance's own mailbox.
    /// </summary>
    public void SendOn()
    {
        _sendsOn = true;
        foreach (var box in _boxes)
        {
            while (box.Kept.TryDequeue(out var kept))
            {
                sendToSelf(box.Name, kept);
            }
        }
    }

    private async Task ListenAsync(Box box)
    {
        while (box.Waiters.Any(w => !w.Task.IsCompleted))
        {
            Deliver(box, Payload.OfStored(await receiveAsync(box.Name)));
        }

        box.IsListening = false;
    }

    private void Deliver(Box box, Payload payload)
    {
        while (box.Waiters.TryDequeue(out var waiter))
        {
            if (waiter.TrySetResult(payload))
            {
                return;
            }
        }

        if (_sendsOn)
        {
            sendToSelf(box.Name, payload);
        }
        else
        {
            box.Kept.Enqueue(payload);
        }
    }

    private sealed class Box(string name)
    {
        public string Name { get; } = name;

        public Queue<TaskCompletionSource<Payload>> Waiters { get; } = new();

        public Queue<Payload> Kept { get; } = new();

        public bool IsListening { get; set; }
    }
}
