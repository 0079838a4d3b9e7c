namespace Weft.Runtime.Queues;

/// <summary>Completion messages on the local queue.</summary>
internal sealed class LocalCompletionSender(LocalQueue queue) : ICompletionSender
{
    public Task SendAsync(string name, string messageId, string body, CancellationToken cancellationToken) =>
        queue.SendAsync(name, messageId, body, cancellationToken);
}
