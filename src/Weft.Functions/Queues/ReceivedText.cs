using System.Globalization;
using System.Text;
using Azure.Messaging.ServiceBus;

namespace Weft.Functions.Queues;

/// <summary>What a message says, whatever client it came from.</summary>
internal static class ReceivedText
{
    /// <summary>The body as a text; empty where it is neither a text nor bytes.</summary>
    /// <remarks>
    /// Clients of AMQP other than Azure's own send a text as one value; <see cref="ServiceBusReceivedMessage.Body"/> throws for these.
    /// </remarks>
    public static string BodyOf(ServiceBusReceivedMessage message)
    {
        var body = message.GetRawAmqpMessage().Body;
        if (body.TryGetData(out _))
        {
            return message.Body.ToString();
        }

        return body.TryGetValue(out var value) ? value switch
        {
            string text => text,
            byte[] bytes => Encoding.UTF8.GetString(bytes),
            _ => string.Empty,
        }
        : string.Empty;
    }

    /// <summary>The sender's id, or one made of the message's place in the queue: either is the same on every delivery.</summary>
    public static string IdOf(ServiceBusReceivedMessage message) =>
        message.MessageId is { Length: > 0 } id ? id : "sequence-" + message.SequenceNumber.ToString(CultureInfo.InvariantCulture);
}
