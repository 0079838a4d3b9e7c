namespace Weft.Runtime.Cards;

/// <summary>Where a card came from.</summary>
public enum AgentOrigin
{
    /// <summary>It is always there.</summary>
    BuiltIn,

    /// <summary>A file of a workflow folder.</summary>
    File,

    /// <summary>It was put by the API.</summary>
    Api,
}
