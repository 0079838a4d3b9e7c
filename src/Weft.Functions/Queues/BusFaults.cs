using Azure.Messaging.ServiceBus;
using Weft.Language;

namespace Weft.Functions.Queues;

/// <summary>What a failure of Service Bus means to who asked for a queue.</summary>
internal static class BusFaults
{
    /// <summary>Whether the bus has no such queue. A name that none can have is refused by the client itself.</summary>
    public static bool IsUnknown(Exception failed) =>
        failed is ServiceBusException { Reason: ServiceBusFailureReason.MessagingEntityNotFound } or ArgumentException;

    /// <summary>Whether the bus or its client refused.</summary>
    public static bool IsOne(Exception failed) => IsUnknown(failed) || failed is ServiceBusException or UnauthorizedAccessException;

    /// <summary>The failure as ours.</summary>
    public static WeftException Of(string queue, Exception failed) =>
        IsUnknown(failed) ? new WeftException(
            "unknown_queue", Fault.NotFound, $"There is no queue '{queue}' in the Service Bus namespace.")
        : failed is ServiceBusException { Reason: var reason } ? new WeftException(
            "queue_unreachable", Fault.Unavailable,
            $"Service Bus did not do what was asked of the queue '{queue}': {reason}. Try again.", failed)
        : new WeftException(
            "queue_unreachable", Fault.Unavailable,
            $"Service Bus does not let the app use the queue '{queue}'. The app's identity needs the roles Azure Service Bus Data Receiver "
            + "and Data Sender, or the policy of the connection string the claims Listen and Send.", failed);
}
