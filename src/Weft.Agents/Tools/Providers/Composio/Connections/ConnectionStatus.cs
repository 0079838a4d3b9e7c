namespace Weft.Agents.Tools.Providers.Composio.Connections;

/// <summary>How far an entity's connection to an app has come.</summary>
public enum ConnectionStatus
{
    /// <summary>The user has yet to consent.</summary>
    Pending,

    /// <summary>Calls can use it.</summary>
    Connected,

    /// <summary>The consent was refused or ran out, or the tokens no longer hold.</summary>
    Failed,

    /// <summary>It was taken back.</summary>
    Revoked,
}
