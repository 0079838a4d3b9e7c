namespace Weft.Language.Definitions;

/// <summary>The ways to take a node's failure.</summary>
public enum NodeErrorAction
{
    /// <summary>The execution fails.</summary>
    Fail,

    /// <summary>The node counts as completed with the given output (null, when none is given).</summary>
    Continue,

    /// <summary>Control goes to the named node; the failed node's other edges are not taken.</summary>
    Route,
}
