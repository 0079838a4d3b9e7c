using System.Text.Json.Nodes;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>An event that Composio delivered, in any of its three forms.</summary>
/// <param name="Id">The delivery's id, the same on every retry: deduplicate on it.</param>
/// <param name="Type">The trigger's slug, or a life-cycle event such as <c>composio.connected_account.expired</c>.</param>
/// <param name="Data">The payload.</param>
public sealed record ComposioEvent(string Id, string Type, JsonObject Data)
{
    /// <summary>Gets the trigger that fired; null: not said.</summary>
    public string? TriggerId { get; init; }

    /// <summary>Gets the account that it watches; null: not said.</summary>
    public string? ConnectedAccountId { get; init; }

    /// <summary>Gets whose account that is; null: not said.</summary>
    public string? UserId { get; init; }

    /// <summary>Gets a value indicating whether it is about an account that no longer works.</summary>
    public bool AccountExpired => Type == "composio.connected_account.expired";
}
