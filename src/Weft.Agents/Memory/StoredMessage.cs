namespace Weft.Agents.Memory;

/// <summary>One stored message and its number.</summary>
internal sealed record StoredMessage(long Number, MemoryMessage Message, long Tokens);
