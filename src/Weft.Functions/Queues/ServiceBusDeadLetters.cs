using System.Globalization;
using Azure.Messaging.ServiceBus;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Runtime.Queues;

namespace Weft.Functions.Queues;

/// <summary>Dead letters on Service Bus: peeked at for a list, received and sent again for a replay.</summary>
internal sealed class ServiceBusDeadLetters(Lazy<ServiceBusClient> client) : IDeadLetters
{
    private const int LookAtMost = 1000;

    /// <summary>The longest message id, in characters.</summary>
    private const int MaxIdLength = 128;

    public async Task<DeadLetterPage> ListAsync(string queue, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var from = 0L;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out from))
        {
            throw new WeftException(
                "invalid_cursor", Fault.Malformed,
                "The cursor is not one that a page of dead letters gave. Start again from the first page.");
        }

        var messages = new List<ServiceBusReceivedMessage>();
        try
        {
            // One look may bring fewer than there are: an answer of the broker takes so many bytes.
            await using var receiver = Open(queue);
            while (messages.Count < limit
                && await receiver.PeekMessagesAsync(limit - messages.Count, from, cancellationToken) is { Count: > 0 } found)
            {
                messages.AddRange(found);
                from = found[^1].SequenceNumber + 1;
            }
        }
        catch (Exception failed) when (BusFaults.IsOne(failed))
        {
            throw BusFaults.Of(queue, failed);
        }

        return new DeadLetterPage(
            [.. messages.Select(Describe)], messages.Count < limit ? null : from.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<bool> ReplayAsync(string queue, string sequence, CancellationToken cancellationToken)
    {
        try
        {
            await using var receiver = Open(queue);
            return await ReplayAsync(receiver, queue, sequence, cancellationToken);
        }
        catch (Exception failed) when (BusFaults.IsOne(failed))
        {
            throw BusFaults.Of(queue, failed);
        }
    }

    private async Task<bool> ReplayAsync(ServiceBusReceiver receiver, string queue, string sequence, CancellationToken cancellationToken)
    {
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
                if (looked.Find(m => m.SequenceNumber.ToString(CultureInfo.InvariantCulture) == sequence) is { } found)
                {
                    await using var sender = client.Value.CreateSender(queue);
                    await sender.SendMessageAsync(Again(found), cancellationToken);
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
                await GiveBackAsync(receiver, message);
            }
        }
    }

    // A new id, or the broker would drop it as a duplicate; of one letter it is the same each time. It never started anything, so no start
    // is repeated.
    private static ServiceBusMessage Again(ServiceBusReceivedMessage letter)
    {
        var id = $"{ReceivedText.IdOf(letter)}:{letter.SequenceNumber}";
        return new ServiceBusMessage(letter) { MessageId = id.Length <= MaxIdLength ? id : RecordKeys.Digest(id) };
    }

    private static async Task GiveBackAsync(ServiceBusReceiver receiver, ServiceBusReceivedMessage message)
    {
        try
        {
            await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
        }
        catch (ServiceBusException)
        {
            // Its lock ran out, or will: it comes back by itself.
        }
    }

    private ServiceBusReceiver Open(string queue) => client.Value.CreateReceiver(
        queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter, ReceiveMode = ServiceBusReceiveMode.PeekLock });

    private static DeadLetter Describe(ServiceBusReceivedMessage message) => new(
        ReceivedText.IdOf(message),
        message.SequenceNumber.ToString(CultureInfo.InvariantCulture),
        ReceivedText.BodyOf(message),
        message.EnqueuedTime.UtcDateTime,
        DeadAt: null,
        message.DeliveryCount,
        message.DeadLetterReason,
        message.DeadLetterErrorDescription);
}
