namespace Weft.Agents.Models.Providers;

/// <summary>How far a call got before it failed.</summary>
internal enum WireStage
{
    /// <summary>No answer came: the connection failed.</summary>
    Connect,

    /// <summary>The provider answered a status that is no success.</summary>
    Status,

    /// <summary>An answer came, and it is not what the protocol says.</summary>
    Reply,
}
