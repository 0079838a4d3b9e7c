using System.Text.Json.Nodes;
using Weft.Runtime.Queues;

namespace Weft.Api.Queues;

/// <summary>A message.</summary>
internal sealed record MessageAnswer
{
    public required string MessageId { get; init; }

    public required string Sequence { get; init; }

    public required DateTime EnqueuedAt { get; init; }

    public required int Deliveries { get; init; }

    /// <summary>Gets the body: JSON, or a text that is none.</summary>
    public required JsonNode? Body { get; init; }

    /// <summary>Gets what to settle it by, when it was received.</summary>
    public string? Lock { get; init; }

    public DateTime? LockedUntil { get; init; }

    internal static MessageAnswer Of(QueuedMessage message) => new()
    {
        MessageId = message.MessageId,
        Sequence = message.Sequence,
        EnqueuedAt = message.EnqueuedAt,
        Deliveries = message.Deliveries,
        Body = MessageBody.Of(message.Body),
    };
}
