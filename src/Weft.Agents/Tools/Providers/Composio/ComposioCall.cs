using System.Text.Json.Nodes;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>One execution of a tool.</summary>
internal sealed record ComposioCall(string Slug, JsonObject Arguments)
{
    /// <summary>Gets whose account is used: Composio's user id, our entity id.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets the one account that is used.</summary>
    public string? ConnectedAccountId { get; init; }

    public string? Version { get; init; }

    public string? IdempotencyKey { get; init; }
}
