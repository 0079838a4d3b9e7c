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
public sealed class StartQueueFunction(StartMessageHandler handler, DurableClientAccessor accessor, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

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
        switch (await handler.HandleAsync(queue, ReceivedText.IdOf(message), ReceivedText.BodyOf(message), cancellationToken))
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
                await PauseAsync(message.DeliveryCount, cancellationToken);
                await actions.AbandonMessageAsync(message, cancellationToken: CancellationToken.None);
                break;
        }
    }

    // Service Bus delivers what is given back at once, so a fault of a second would use up all deliveries. Held for 1, 2, 4 … 60 seconds,
    // as on a local queue; the host renews the lock meanwhile.
    private async Task PauseAsync(int deliveries, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, deliveries - 1)));
        try
        {
            await Task.Delay(pause, time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // This host stops: another one may have it at once.
        }
    }

    // Service Bus takes 4,096 characters.
    private static string Short(string text) => text.Length <= 4000 ? text : text[..4000];
}
