using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Weft.Functions.CloudTests.Bus;

/// <summary>A message as a queue keeps it: its encoded parts, and what the queue knows of it.</summary>
internal sealed class BusMessage(Message message, long sequence, DateTime enqueuedAt)
{
    private readonly byte[] _encoded = Bytes(message);

    public long Sequence { get; } = sequence;

    public DateTime EnqueuedAt { get; } = enqueuedAt;

    public string? MessageId { get; } = message.Properties?.GetMessageId()?.ToString();

    public string? Session { get; } = message.Properties?.GroupId;

    public int Deliveries { get; set; }

    /// <summary>Gets or sets the lock that a receiver holds on it; null: none.</summary>
    public Guid? Lock { get; set; }

    public DateTime LockedUntil { get; set; }

    public int Size => _encoded.Length;

    /// <summary>A copy for a receiver.</summary>
    /// <param name="earlier">How often it was delivered before.</param>
    public Message Copy(int earlier)
    {
        var copy = Message.Decode(new ByteBuffer(_encoded, 0, _encoded.Length, _encoded.Length));
        copy.Header ??= new Header();
        copy.Header.DeliveryCount = (uint)earlier;
        copy.MessageAnnotations ??= new MessageAnnotations();
        copy.MessageAnnotations[new Symbol("x-opt-sequence-number")] = Sequence;
        copy.MessageAnnotations[new Symbol("x-opt-enqueue-sequence-number")] = Sequence;
        copy.MessageAnnotations[new Symbol("x-opt-enqueued-time")] = EnqueuedAt;
        if (Lock is not null)
        {
            copy.MessageAnnotations[new Symbol("x-opt-locked-until")] = LockedUntil;
        }

        return copy;
    }

    /// <summary>The bytes of a message as it is sent.</summary>
    public static byte[] Bytes(Message message)
    {
        var buffer = message.Encode();
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }
}
