namespace Weft.Runtime.Queues;

/// <summary>A message that a receiver holds.</summary>
/// <param name="Queue">Its queue.</param>
/// <param name="Message">The message.</param>
/// <param name="Lock">What it is settled by, until the lock runs out.</param>
/// <param name="LockedUntil">When the lock runs out, UTC; the message is then handed out again.</param>
public sealed record LockedMessage(string Queue, QueuedMessage Message, string Lock, DateTime LockedUntil);
