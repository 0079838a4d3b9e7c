namespace Weft.Runtime.Queues;

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
    string MessageId, string Sequence, string Body, DateTime EnqueuedAt, DateTime? DeadAt, int Deliveries, string? Reason,
    string? Description);
