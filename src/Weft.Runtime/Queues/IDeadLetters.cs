namespace Weft.Runtime.Queues;

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
