using System.Globalization;
using Azure.Messaging.ServiceBus;
using Weft.Language;
using Weft.Runtime.Queues;

namespace Weft.Functions.Queues;

/// <summary>Dead letters on Service Bus: peeked at for a list, received and sent again for a replay.</summary>
internal sealed class ServiceBusDeadLetters(Lazy<ServiceBusClient> client) : IDeadLetters
{
    private const int LookAtMost = 1000;

    public async Task<DeadLetterPage> ListAsync(string queue, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var from = 0L;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out from))
        {
            throw new WeftException(
                "invalid_cursor", Fault.Malformed,
                "The cursor is not one that a page of dead letters gave. Start again from the first page.");
        }

        await using var receiver = Open(queue);
        IReadOnlyList<ServiceBusReceivedMessage> messages;
        try
        {
            messages = await receiver.PeekMessagesAsync(limit, from, cancellationToken);
        }
        catch (ServiceBusException failed) when (failed.Reason == ServiceBusFailureReason.MessagingEntityNotFound)
        {
            throw Unknown(queue);
        }

        var next = messages.Count < limit ? null : (messages[^1].SequenceNumber + 1).ToString(CultureInfo.InvariantCulture);
        return new DeadLetterPage([.. messages.Select(Describe)], next);
    }

    public async Task<bool> ReplayAsync(string queue, string sequence, CancellationToken cancellationToken)
    {
        await using var receiver = Open(queue);
        var looked = new List<ServiceBusReceivedMessage>();
        try
        {
            // The broker hands dead letters out in order only: look until it comes, then give the others back.
            while (looked.Count < LookAtMost)
            {
                var batch = await receiver.ReceiveMessagesAsync(50, TimeSpan.FromSeconds(2), cancellationToken);
                if (batch.Count == 0)
                {
                    return false;
                }

                looked.AddRange(batch);
                if (batch.FirstOrDefault(m => m.SequenceNumber.ToString(CultureInfo.InvariantCulture) == sequence) is { } found)
                {
                    await using var sender = client.Value.CreateSender(queue);

                    // A new id, or the broker would drop it as a duplicate. It never started anything, so no start is repeated.
                    var again = new ServiceBusMessage(found) { MessageId = $"{found.MessageId}:{found.SequenceNumber}" };
                    await sender.SendMessageAsync(again, cancellationToken);
                    await receiver.CompleteMessageAsync(found, cancellationToken);
                    looked.Remove(found);
                    return true;
                }
            }

            return false;
        }
        catch (ServiceBusException failed) when (failed.Reason == ServiceBusFailureReason.MessagingEntityNotFound)
        {
            throw Unknown(queue);
        }
        finally
        {
            foreach (var message in looked)
            {
                await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
            }
        }
    }

    private ServiceBusReceiver Open(string queue) => client.Value.CreateReceiver(
        queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter, ReceiveMode = ServiceBusReceiveMode.PeekLock });

    private static WeftException Unknown(string queue) =>
        new("unknown_queue", Fault.NotFound, $"There is no queue '{queue}' in the Service Bus namespace.");

    private static DeadLetter Describe(ServiceBusReceivedMessage message) => new(
        message.MessageId,
        message.SequenceNumber.ToString(CultureInfo.InvariantCulture),
        message.Body.ToString(),
        message.EnqueuedTime.UtcDateTime,
        DeadAt: null,
        message.DeliveryCount,
        message.DeadLetterReason,
        message.DeadLetterErrorDescription);
}
