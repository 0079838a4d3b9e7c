namespace Weft.Agents.Queues;

/// <summary>What operators do about messages that were put aside: on a local queue, or on Service Bus.</summary>
public interface IDeadLetters
{
    /// <summary>Lists dead letters, oldest first.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="limit">The page size: 1 to 1,000.</param>
    /// <param name="cursor">Where to go on; null: at the start.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    Task<DeadLetterPage> ListAsync(string queue, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Sends a dead letter again, as a message that was never delivered.</summary>
    /// <returns>False when there is none of that sequence.</returns>
    Task<bool> ReplayAsync(string queue, string sequence, CancellationToken cancellationToken);
}

/// <summary>A message that was put aside.</summary>
/// <param name="MessageId">The sender's id.</param>
/// <param name="Sequence">What it is replayed by.</param>
/// <param name="Body">Its body.</param>
/// <param name="EnqueuedAt">When it came, UTC.</param>
/// <param name="DeadAt">When it was put aside, UTC; null where the queue does not tell.</param>
/// <param name="Deliveries">How often it was delivered.</param>
/// <param name="Reason">The code of why.</param>
/// <param name="Description">Why, in words.</param>
public sealed record DeadLetter(
    string MessageId, string Sequence, string Body, DateTime EnqueuedAt, DateTime? DeadAt, int Deliveries, string? Reason, string? Description);

/// <summary>A page of dead letters.</summary>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetter> Items, string? NextCursor);
