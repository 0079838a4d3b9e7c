using System.Text.Json.Nodes;

namespace Weft.Agents.Queues;

/// <summary>A message of a local queue as it is stored.</summary>
/// <param name="MessageId">The sender's id.</param>
/// <param name="Body">The body as a text, or the stand-in of a large one.</param>
/// <param name="EnqueuedAt">When it came, UTC.</param>
/// <param name="Sequence">Its place in the queue; also what a dead letter is replayed by.</param>
internal sealed record StoredMessage(string MessageId, JsonNode Body, DateTime EnqueuedAt, string Sequence)
{
    public int Deliveries { get; init; }

    public string? LastFault { get; init; }

    /// <summary>Gets why it is a dead letter.</summary>
    public string? Reason { get; init; }

    public string? Description { get; init; }

    public DateTime? DeadAt { get; init; }
}

/// <summary>A message of a local queue.</summary>
/// <param name="MessageId">The sender's id.</param>
/// <param name="Sequence">Its place in the queue.</param>
/// <param name="Body">Its body.</param>
/// <param name="EnqueuedAt">When it came, UTC.</param>
/// <param name="Deliveries">How often it was handed out, this time included.</param>
public sealed record QueuedMessage(string MessageId, string Sequence, string Body, DateTime EnqueuedAt, int Deliveries);

/// <summary>A message that a receiver holds.</summary>
/// <param name="Queue">Its queue.</param>
/// <param name="Message">The message.</param>
/// <param name="Lock">What it is settled by, until the lock runs out.</param>
/// <param name="LockedUntil">When the lock runs out, UTC; the message is then handed out again.</param>
public sealed record LockedMessage(string Queue, QueuedMessage Message, string Lock, DateTime LockedUntil);

/// <summary>A page of messages that nobody holds, oldest first.</summary>
public sealed record MessagePage(IReadOnlyList<QueuedMessage> Items, string? NextCursor);
