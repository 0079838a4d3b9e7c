using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Queues;
using Weft.Api.Requests;

namespace Weft.Api.Queues;

/// <summary>A message was taken.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Duplicate">Whether a message of that id had been taken before, and this one was dropped.</param>
public sealed record SentAnswer(string Queue, string MessageId, bool Duplicate);

/// <summary>What to hand out.</summary>
/// <param name="Limit">1 to 100; absent: 1.</param>
/// <param name="LockSeconds">How long the messages are held: 1 to 3,600; absent: <c>Weft:Queue:LockDuration</c>.</param>
public sealed record ReceiveRequest(int? Limit, int? LockSeconds)
{
    internal static ReceiveRequest Read(RequestBody body)
    {
        var request = new ReceiveRequest(body.Integer("limit", 1, 100), body.Integer("lock_seconds", 1, 3600));
        body.Check();
        return request;
    }
}

/// <summary>A message.</summary>
public sealed record MessageAnswer
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

/// <summary>A message that was put aside.</summary>
public sealed record DeadLetterAnswer
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

/// <summary>A dead letter is on its way again.</summary>
public sealed record ReplayAnswer(string Queue, string Sequence);

/// <summary>Shows a body as what it is.</summary>
internal static class MessageBody
{
    public static JsonNode? Of(string body)
    {
        try
        {
            return JsonNode.Parse(body, documentOptions: new JsonDocumentOptions { MaxDepth = 128 });
        }
        catch (JsonException)
        {
            return JsonValue.Create(body);
        }
    }
}
