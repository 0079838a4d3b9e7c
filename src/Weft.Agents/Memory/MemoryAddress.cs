namespace Weft.Agents.Memory;

/// <summary>Whose memory an operation is about, and what keeps it from being applied twice.</summary>
/// <param name="Memory">The memory's id.</param>
/// <param name="Key">The key within it, such as a conversation's id.</param>
/// <param name="Call">The call's name, the same on every delivery.</param>
internal sealed record MemoryAddress(string Memory, string Key, string Call)
{
    public string Partition => ConversationRecords.Partition(Memory, Key);
}
