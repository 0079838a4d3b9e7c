using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Weft.Agents.Queues;
using Weft.Functions.Engine;

namespace Weft.Functions.Queues;

/// <summary>Starts workflows from Service Bus. A message is settled once its start is durable; the handler decides what becomes of it.</summary>
public sealed class StartQueueFunction(StartMessageHandler handler, DurableClientAccessor accessor)
{
    [Function("StartFromQueue")]
    public async Task RunAsync(
        [ServiceBusTrigger("%Weft:Queue:Start%", Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        accessor.Use(client);
        switch (await handler.HandleAsync("start", message.MessageId, message.Body.ToString(), cancellationToken))
        {
            case MessageDisposition.Complete:
                await actions.CompleteMessageAsync(message, CancellationToken.None);
                break;
            case MessageDisposition.DeadLetter dead:
                await actions.DeadLetterMessageAsync(
                    message, deadLetterReason: dead.Reason, deadLetterErrorDescription: Short(dead.Description), cancellationToken: CancellationToken.None);
                break;
            case MessageDisposition.Abandon:
                await actions.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
                break;
        }
    }

    // Service Bus takes 4,096 characters.
    private static string Short(string text) => text.Length <= 4000 ? text : text[..4000];
}
