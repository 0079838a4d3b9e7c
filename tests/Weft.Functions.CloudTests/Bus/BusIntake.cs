using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace Weft.Functions.CloudTests.Bus;

/// <summary>Takes what clients send to a queue.</summary>
internal sealed class BusIntake(BusQueue queue) : IMessageProcessor
{
    private const uint BatchFormat = 0x80013700;

    public int Credit => 100;

    public void Process(MessageContext messageContext)
    {
        var messages = messageContext.Message.Format == BatchFormat ? Split(messageContext.Message) : [messageContext.Message];
        if (messages.Exists(m => BusMessage.Bytes(m).Length > queue.Rules.MaxMessageBytes))
        {
            messageContext.Complete(new Error(ErrorCode.MessageSizeExceeded) { Description = "The message is too large." });
            return;
        }

        if (queue.Rules.RequiresSession && messages.Exists(m => m.Properties?.GroupId is null))
        {
            messageContext.Complete(new Error(ErrorCode.NotAllowed) { Description = "The queue requires a session id." });
            return;
        }

        messages.ForEach(m => queue.Add(m));
        messageContext.Complete();
    }

    // Each section of a batch is one message.
    private static List<Message> Split(Message batch) => batch.BodySection switch
    {
        DataList sections => [.. Enumerable.Range(0, sections.Count).Select(i => Decode(sections[i]))],
        Data section => [Decode(section)],
        _ => throw new InvalidOperationException("A batch has data sections."),
    };

    private static Message Decode(Data section)
    {
        var bytes = section.Binary;
        return Message.Decode(new ByteBuffer(bytes, 0, bytes.Length, bytes.Length));
    }
}
