namespace Weft.Agents.Tools.Providers.Composio.Connections;

/// <summary>One entity's connection to one app. Tokens lie with Composio, never here.</summary>
public sealed record Connection
{
    /// <summary>Gets whose connection it is.</summary>
    public required string EntityId { get; init; }

    /// <summary>Gets the app.</summary>
    public required string AppName { get; init; }

    /// <summary>Gets the connected account: <c>ca_…</c>.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>Gets how it stands.</summary>
    public required ConnectionStatus Status { get; init; }

    /// <summary>Gets when it was asked for, in UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Gets when it first worked, in UTC; null: it has not.</summary>
    public DateTime? ConnectedAt { get; init; }

    /// <summary>Gets when it was given up, in UTC; null: it was not.</summary>
    public DateTime? RevokedAt { get; init; }

    /// <summary>Gets when it was last looked at, in UTC; null: never.</summary>
    public DateTime? CheckedAt { get; init; }

    /// <summary>Gets the time until which the user can consent, in UTC; null: not said.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>Gets the configuration that it was made by; null: not said.</summary>
    public string? AuthConfigId { get; init; }

    /// <summary>Gets Composio's own word for the status; null: not said.</summary>
    public string? ProviderStatus { get; init; }

    /// <summary>Gets why it stands as it does; null: not said.</summary>
    public string? StatusReason { get; init; }
}
