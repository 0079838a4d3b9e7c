using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>A toolkit: what we call an app.</summary>
internal sealed record ComposioToolkit(string Slug, string Name)
{
    public string? Description { get; init; }

    public string? LogoUrl { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> AuthSchemes { get; init; } = [];

    /// <summary>Gets the schemes that Composio has an app of its own for.</summary>
    public IReadOnlyList<string> ManagedAuthSchemes { get; init; } = [];

    public bool NoAuth { get; init; }

    public int ToolsCount { get; init; }

    public string? Version { get; init; }

    internal static ComposioToolkit? Read(JsonNode? node)
    {
        var slug = node.Text("slug");
        var meta = node.Object("meta");
        return slug is null ? null : new ComposioToolkit(slug.ToLowerInvariant(), node.Text("name") ?? slug)
        {
            Description = meta.Text("description"),
            LogoUrl = meta.Text("logo"),
            Categories = [.. meta.Items("categories").Select(c => c.Text() ?? c.Text("id") ?? c.Text("slug") ?? c.Text("name"))
                .OfType<string>()],
            AuthSchemes = [.. node.Texts("auth_schemes")
                .Concat(node.Items("auth_config_details").Select(d => d.Text("mode")).OfType<string>()).Distinct()],
            ManagedAuthSchemes = node.Texts("composio_managed_auth_schemes"),
            NoAuth = node.Flag("no_auth") ?? false,
            ToolsCount = meta.Number("tools_count") ?? 0,
            Version = meta.Text("version"),
        };
    }
}
