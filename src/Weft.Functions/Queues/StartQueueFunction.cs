using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Weft.Functions.Engine;
using Weft.Runtime.Queues;
using Weft.Runtime.Triggers;

namespace Weft.Functions.Queues;

/// <summary>
/// Starts workflows from Service Bus. A message is settled once its start is durable; the handler decides what becomes of it.
/// </summary>
/// <remarks>
/// The queues' settings have flat names: what scales the app resolves a binding's setting by its very name, so one that is nested
/// (<c>A:B</c> here, <c>A__B</c> there) would never wake it.
/// </remarks>
public sealed class StartQueueFunction(StartMessageHandler handler, DurableClientAccessor accessor)
{
    /// <summary>Takes one message, and settles it by what came of it.</summary>
    [Function("StartFromQueue")]
    public Task StartFromQueue(
        [ServiceBusTrigger("%WEFT_START_QUEUE%", Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        SettleAsync("start", message, actions, client, cancellationToken);

    /// <summary>
    /// The same for a queue with sessions: the starts of one session happen one after another, in the order of the messages.
    /// </summary>
    [Function("StartFromSessionQueue")]
    public Task StartFromSessionQueue(
        [ServiceBusTrigger(
            "%WEFT_SESSION_QUEUE%", Connection = "ServiceBusConnection", IsSessionsEnabled = true, AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        SettleAsync("start-sessions", message, actions, client, cancellationToken);

    private async Task SettleAsync(
        string queue, ServiceBusReceivedMessage message, ServiceBusMessageActions actions, DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        accessor.Use(client);
        switch (await handler.HandleAsync(queue, message.MessageId, message.Body.ToString(), cancellationToken))
        {
            case MessageDisposition.Complete:
                await actions.CompleteMessageAsync(message, CancellationToken.None);
                break;
            case MessageDisposition.DeadLetter dead:
                await actions.DeadLetterMessageAsync(
                    message, deadLetterReason: Short(dead.Reason), deadLetterErrorDescription: Short(dead.Description),
                    cancellationToken: CancellationToken.None);
                break;
            case MessageDisposition.Abandon:
                await actions.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
                break;
        }
    }

    // Service Bus takes 4,096 characters.
    private static string Short(string text) => text.Length <= 4000 ? text : text[..4000];
}
