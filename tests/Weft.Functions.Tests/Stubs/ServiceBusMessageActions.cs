using Azure.Messaging.ServiceBus;

namespace Weft.Functions.Tests.Stubs;

/// <summary>Stands in for the settling of messages by the Service Bus extension: keeps how each was settled.</summary>
public sealed class ServiceBusMessageActions
{
    /// <summary>Gets what was done with which message, in order.</summary>
    public IList<string> Settled { get; } = [];

    public Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        Settled.Add($"completed {message.MessageId}");
        return Task.CompletedTask;
    }

    public Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null,
        CancellationToken cancellationToken = default)
    {
        Settled.Add($"abandoned {message.MessageId}");
        return Task.CompletedTask;
    }

    public Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, Dictionary<string, object>? propertiesToModify = null, string? deadLetterReason = null,
        string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default)
    {
        Settled.Add($"dead-lettered {message.MessageId}: {deadLetterReason}: {deadLetterErrorDescription}");
        return Task.CompletedTask;
    }
}
