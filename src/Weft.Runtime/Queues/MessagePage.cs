namespace Weft.Runtime.Queues;

/// <summary>A page of messages that nobody holds, oldest first.</summary>
public sealed record MessagePage(IReadOnlyList<QueuedMessage> Items, string? NextCursor);
