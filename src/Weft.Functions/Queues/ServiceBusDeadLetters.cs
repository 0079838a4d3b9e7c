using System.Globalization;
using Azure.Messaging.ServiceBus;
using Weft.Agents.Queues;

namespace Weft.Functions.Queues;

/// <summary>Dead letters on Service Bus: peeked at for a list, received and sent again for a replay.</summary>
internal sealed class ServiceBusDeadLetters(ServiceBusClient client) : IDeadLetters
{
    private const int LookAtMost = 1000;

    public async Task<DeadLetterPage> ListAsync(string queue, int limit, string? cursor, CancellationToken cancellationToken)
    {
        await using var receiver = Open(queue);
        var from = cursor is null ? 0 : long.Parse(cursor, CultureInfo.InvariantCulture);
        var messages = await receiver.PeekMessagesAsync(limit, from, cancellationToken);
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
                    await using var sender = client.CreateSender(queue);

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
        finally
        {
            foreach (var message in looked)
            {
                await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
            }
        }
    }

    private ServiceBusReceiver Open(string queue) => client.CreateReceiver(
        queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter, ReceiveMode = ServiceBusReceiveMode.PeekLock });

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
