using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Weft.Language;
using Weft.Runtime.Queues;

namespace Weft.Functions.Queues;

/// <summary>Completion messages on Service Bus. Senders are kept: each holds a link of the one connection.</summary>
internal sealed class ServiceBusCompletionSender(Lazy<ServiceBusClient> client) : ICompletionSender
{
    private readonly ConcurrentDictionary<string, ServiceBusSender> _senders = new(StringComparer.OrdinalIgnoreCase);

    public async Task SendAsync(string queue, string messageId, string body, CancellationToken cancellationToken)
    {
        var message = new ServiceBusMessage(body) { MessageId = messageId, ContentType = "application/json" };
        try
        {
            await _senders.GetOrAdd(queue, client.Value.CreateSender).SendMessageAsync(message, cancellationToken);
        }
        catch (Exception failed) when (BusFaults.IsUnknown(failed))
        {
            if (_senders.TryRemove(queue, out var sender))
            {
                await sender.DisposeAsync();
            }

            throw new WeftException(
                "unknown_queue", Fault.NotFound,
                $"There is no queue '{queue}' in the Service Bus namespace. Create it, or mend 'reply_to'.");
        }
        catch (ServiceBusException failed) when (failed.Reason == ServiceBusFailureReason.MessageSizeExceeded)
        {
            throw new WeftException(
                "message_too_large", Fault.TooLarge,
                $"The output of an execution is too large for a message on '{queue}'. Read it from the API.");
        }
    }
}
