using Azure.Messaging.ServiceBus;

namespace Weft.Functions.CloudTests.Stubs;

/// <summary>Stands in for the settling of messages by the Service Bus extension, and settles with the receiver's own client.</summary>
public sealed class ServiceBusMessageActions
{
    private readonly Func<ServiceBusReceivedMessage, CancellationToken, Task> _complete;
    private readonly Func<ServiceBusReceivedMessage, CancellationToken, Task> _abandon;
    private readonly Func<ServiceBusReceivedMessage, string?, string?, CancellationToken, Task> _deadLetter;

    public ServiceBusMessageActions(ProcessMessageEventArgs args) =>
        (_complete, _abandon, _deadLetter) = (
            args.CompleteMessageAsync, (m, token) => args.AbandonMessageAsync(m, null, token), args.DeadLetterMessageAsync);

    public ServiceBusMessageActions(ProcessSessionMessageEventArgs args) =>
        (_complete, _abandon, _deadLetter) = (
            args.CompleteMessageAsync, (m, token) => args.AbandonMessageAsync(m, null, token), args.DeadLetterMessageAsync);

    public Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        _complete(message, cancellationToken);

    public Task AbandonMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        _abandon(message, cancellationToken);

    public Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, string? deadLetterReason, string? deadLetterErrorDescription,
        CancellationToken cancellationToken) =>
        _deadLetter(message, deadLetterReason, deadLetterErrorDescription, cancellationToken);
}
