namespace Weft.Runtime.Queues;

/// <summary>A message of a local queue.</summary>
/// <param name="MessageId">The sender's id.</param>
/// <param name="Sequence">Its place in the queue.</param>
/// <param name="Body">Its body.</param>
/// <param name="EnqueuedAt">When it came, UTC.</param>
/// <param name="Deliveries">How often it was handed out, this time included.</param>
public sealed record QueuedMessage(string MessageId, string Sequence, string Body, DateTime EnqueuedAt, int Deliveries);
