namespace Weft.Agents.Tools.Providers.Composio.Connections;

/// <summary>One entity's connection to one app. Tokens lie with Composio, never here.</summary>
public sealed record Connection
{
    public required string EntityId { get; init; }

    public required string AppName { get; init; }

    /// <summary>Gets the connected account: <c>ca_…</c>.</summary>
    public required string ConnectionId { get; init; }

    public required ConnectionStatus Status { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? ConnectedAt { get; init; }

    public DateTime? RevokedAt { get; init; }

    public DateTime? CheckedAt { get; init; }

    /// <summary>Gets the time until which the user can consent.</summary>
    public DateTime? ExpiresAt { get; init; }

    public string? AuthConfigId { get; init; }

    /// <summary>Gets Composio's own word for the status, and why.</summary>
    public string? ProviderStatus { get; init; }

    public string? StatusReason { get; init; }
}
