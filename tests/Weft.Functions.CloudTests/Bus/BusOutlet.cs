using System.Runtime.CompilerServices;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace Weft.Functions.CloudTests.Bus;

/// <summary>Hands a queue's messages to a client, of one session where the queue has sessions, and settles them as it says.</summary>
internal sealed class BusOutlet(ListenerLink link, BusQueue queue, BusLocks locks, string? session, Action<Guid> settling) : LinkEndpoint
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private int _sent; // and what drains took off: the link's count of deliveries
    private int _promised; // that count with the link's credit
    private int _credit; // how many messages the client waits for
    private bool _draining;
    private bool _sending;

    public override void OnFlow(FlowContext flowContext)
    {
        lock (_gate)
        {
            // The link tells how the client's limit differs from what it took for it, and takes a flow that repeats the last one for the
            // end of all credit. The client does repeat them.
            var limit = _promised + flowContext.Messages;
            _promised = _sent + (int)CreditOf(link);
            _credit = Math.Max(0, limit - _sent);
            _draining = link.IsDraining;
            if (_sending)
            {
                return;
            }

            _sending = true;
        }

        _ = SendAsync();
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        if (locks.Of(dispositionContext.Message) is not { } held)
        {
            return;
        }

        settling(held);
        var settled = dispositionContext.DeliveryState switch
        {
            Accepted => queue.Complete(held),
            Rejected rejected => queue.DeadLetter(
                held, Info(rejected, "DeadLetterReason"), Info(rejected, "DeadLetterErrorDescription")),
            Modified => queue.Abandon(held),
            _ => queue.Release(held),
        };
        if (link.IsClosed || dispositionContext.DeliveryState is Released)
        {
            return;
        }

        if (settled)
        {
            dispositionContext.Complete();
        }
        else
        {
            dispositionContext.Complete(new Error(new Symbol("com.microsoft:message-lock-lost")) { Description = "The lock is lost." });
        }
    }

    private async Task SendAsync()
    {
        while (SendOne())
        {
            await Task.Delay(Look);
        }
    }

    /// <summary>Sends what there is; false: the client waits for nothing more.</summary>
    private bool SendOne()
    {
        lock (_gate)
        {
            while (!_draining && !link.IsClosed && _credit > 0 && queue.Take(session) is var (message, copy))
            {
                locks.Add(copy, message.Lock!.Value); // just taken
                try
                {
                    link.SendMessage(copy);
                    (_sent, _credit) = (_sent + 1, _credit - 1);
                }
                catch (AmqpException)
                {
                    queue.Release(message.Lock!.Value); // likewise
                    return _sending = false; // the link goes away
                }
            }

            if (_draining)
            {
                // A client that closes takes its credit back first, and waits until it is told that there is nothing more for it.
                (_sent, _credit, _draining) = (_sent + (int)CreditOf(link), 0, false);
                link.CompleteDrain();
            }

            return _sending = _credit > 0 && !link.IsClosed;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Credit")]
    private static extern uint CreditOf(ListenerLink link);

    private static string? Info(Rejected rejected, string name) => rejected.Error?.Info?[new Symbol(name)]?.ToString();
}
