namespace Weft.Runtime.Queues;

/// <summary>Sends the message that an execution has ended: to Service Bus on Azure, to a local queue when embedded.</summary>
public interface ICompletionSender
{
    /// <summary>Sends it; the message id makes a repeat harmless.</summary>
    Task SendAsync(string queue, string messageId, string body, CancellationToken cancellationToken);
}
