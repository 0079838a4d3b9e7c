namespace Weft.Agents.Memory;

/// <summary>The state of one conversation beside its messages.</summary>
internal sealed record ConversationHead
{
    /// <summary>Gets the generation of messages that counts. Replacing or clearing all of them is one new number.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Gets the number of the oldest message that counts.</summary>
    public long First { get; init; }

    /// <summary>Gets the number that the next message will have.</summary>
    public long Next { get; init; }

    public long Tokens { get; init; }

    public DateTime? LastFlush { get; init; }

    public DateTime UpdatedAt { get; init; }

    public DateTime? ExpiresAt { get; init; }

    /// <summary>Gets what stands for the messages that were flushed.</summary>
    public string? Summary { get; init; }

    public long Count => Next - First;
}
