using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>An account of an entity at an app.</summary>
internal sealed record ComposioAccount(string Id, string Toolkit, string Status)
{
    public string? UserId { get; init; }

    public string? StatusReason { get; init; }

    public string? AuthConfigId { get; init; }

    public bool Disabled { get; init; }

    public bool AuthConfigDisabled { get; init; }

    public DateTime? CreatedAt { get; init; }

    public DateTime? UpdatedAt { get; init; }

    /// <summary>Gets a value indicating whether calls may use it.</summary>
    public bool Usable => Status == "ACTIVE" && !Disabled && !AuthConfigDisabled;

    internal static ComposioAccount? Read(JsonNode? node)
    {
        var id = node.Text("id");
        var auth = node.Object("auth_config");
        return id is null ? null
            : new ComposioAccount(
                id, (node.Object("toolkit").Text("slug") ?? "").ToLowerInvariant(), (node.Text("status") ?? "UNKNOWN").ToUpperInvariant())
        {
            UserId = node.Text("user_id"),
            StatusReason = node.Text("status_reason"),
            AuthConfigId = auth.Text("id"),
            Disabled = node.Flag("is_disabled") ?? false,
            AuthConfigDisabled = auth.Flag("is_disabled") ?? false,
            CreatedAt = node.Time("created_at"),
            UpdatedAt = node.Time("updated_at"),
        };
    }
}
