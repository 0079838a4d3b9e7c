namespace Weft.Agents.Storage;

/// <summary>What became of a write: a lost race is a value, not an exception.</summary>
public enum WriteStatus
{
    /// <summary>It is durable.</summary>
    Written,

    /// <summary>The row exists already, or it is no longer at the expected tag.</summary>
    Conflict,

    /// <summary>There is no such row.</summary>
    NotFound,
}
