namespace Weft.Agents.Tools;

/// <summary>What is known of a failed attempt's effect.</summary>
public enum Certainty
{
    /// <summary>It had none: nothing was sent, or it was turned away at the door.</summary>
    NotDone,

    /// <summary>The tool itself says that it failed.</summary>
    Answered,

    /// <summary>It may have taken effect.</summary>
    Unknown,
}
