using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>How an app's accounts sign in.</summary>
internal sealed record ComposioAuthConfig(string Id, string Toolkit, string? Scheme, bool Managed, bool Enabled)
{
    internal static ComposioAuthConfig? Read(JsonNode? node)
    {
        var body = node.Object("auth_config") ?? node;
        var id = body.Text("id");
        var toolkit = node.Object("toolkit").Text("slug") ?? body.Object("toolkit").Text("slug") ?? "";
        return id is null ? null : new ComposioAuthConfig(
            id,
            toolkit.ToLowerInvariant(),
            body.Text("auth_scheme") ?? body.Text("authScheme"),
            body.Flag("is_composio_managed") ?? false,
            !string.Equals(body.Text("status"), "DISABLED", StringComparison.OrdinalIgnoreCase) && !(body.Flag("is_disabled") ?? false));
    }
}
