namespace Weft.Agents.Tools;

/// <summary>What a repeated call would do.</summary>
public enum ToolEffect
{
    /// <summary>Nothing: it only reads.</summary>
    Reads,

    /// <summary>No more than the first call did.</summary>
    Idempotent,

    /// <summary>The thing once more.</summary>
    Writes,
}
