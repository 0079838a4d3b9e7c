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
/// <param name="carried">The events that the generation before had not taken, the oldest first.</param>
internal sealed class EventInbox(
    Func<string, Task<JsonNode?>> receiveAsync, Action<string, Payload> sendToSelf, IReadOnlyList<CarriedEvent> carried)
{
    // A list: what is carried on goes in an order that a replay repeats.
    private readonly List<Box> _boxes = Carried(carried);
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
    /// Takes the events that nobody took, for the next generation's input: sent by message, they would lose their order, and by some
    /// backends themselves. What comes later in this turn is sent on.
    /// </summary>
    public IReadOnlyList<CarriedEvent> TakeAll()
    {
        _sendsOn = true;
        var taken = new List<CarriedEvent>();
        foreach (var box in _boxes)
        {
            while (box.Kept.TryDequeue(out var kept))
            {
                taken.Add(new CarriedEvent(box.Name, kept.Value));
            }

            while (!box.IsListening)
            {
                // The SDK keeps what came while nobody listened, and gives it at once.
                var next = receiveAsync(box.Name);
                if (next.IsCompletedSuccessfully)
                {
                    taken.Add(new CarriedEvent(box.Name, Payload.OfStored(next.Result).Value));
                }
                else
                {
                    box.IsListening = true;
                    _ = SendOnAsync(box, next);
                }
            }
        }

        return taken;
    }

    private async Task SendOnAsync(Box box, Task<JsonNode?> next) => sendToSelf(box.Name, Payload.OfStored(await next));

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

    private static List<Box> Carried(IReadOnlyList<CarriedEvent> carried)
    {
        var boxes = new List<Box>();
        foreach (var (name, value) in carried)
        {
            var box = boxes.Find(b => b.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (box is null)
            {
                boxes.Add(box = new Box(name));
            }

            box.Kept.Enqueue(new Payload(value));
        }

        return boxes;
    }

    private sealed class Box(string name)
    {
        public string Name { get; } = name;

        public Queue<TaskCompletionSource<Payload>> Waiters { get; } = new();

        public Queue<Payload> Kept { get; } = new();

        public bool IsListening { get; set; }
    }
}
