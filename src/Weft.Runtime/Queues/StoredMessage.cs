using System.Text.Json.Nodes;

namespace Weft.Runtime.Queues;

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
