using System.Runtime.CompilerServices;
using Amqp;
using Amqp.Handler;

namespace Weft.Functions.CloudTests.Bus;

/// <summary>Sends each message under its lock: the tag of a delivery is the token by which clients settle.</summary>
internal sealed class BusLocks : IHandler
{
    private readonly ConditionalWeakTable<Message, byte[]> _tags = [];

    public void Add(Message message, Guid held) => _tags.Add(message, held.ToByteArray());

    public Guid? Of(Message message) => _tags.TryGetValue(message, out var tag) ? new Guid(tag) : null;

    public bool CanHandle(EventId id) => id == EventId.SendDelivery;

    public void Handle(Event protocolEvent)
    {
        if (protocolEvent is { Id: EventId.SendDelivery, Context: IDelivery delivery } && _tags.TryGetValue(delivery.Message, out var tag))
        {
            delivery.Tag = tag;
        }
    }
}
