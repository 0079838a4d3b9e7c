using System.Text.Json.Nodes;
using Weft.Runtime.Queues;

namespace Weft.Api.Queues;

/// <summary>A message that was put aside.</summary>
internal sealed record DeadLetterAnswer
{
    public required string MessageId { get; init; }

    /// <summary>Gets what it is replayed by.</summary>
    public required string Sequence { get; init; }

    public required DateTime EnqueuedAt { get; init; }

    public DateTime? DeadAt { get; init; }

    public required int Deliveries { get; init; }

    /// <summary>Gets the code of why.</summary>
    public string? Reason { get; init; }

    public string? Description { get; init; }

    public required JsonNode? Body { get; init; }

    internal static DeadLetterAnswer Of(DeadLetter dead) => new()
    {
        MessageId = dead.MessageId,
        Sequence = dead.Sequence,
        EnqueuedAt = dead.EnqueuedAt,
        DeadAt = dead.DeadAt,
        Deliveries = dead.Deliveries,
        Reason = dead.Reason,
        Description = dead.Description,
        Body = MessageBody.Of(dead.Body),
    };
}
