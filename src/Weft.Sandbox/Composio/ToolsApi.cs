using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Toolkits and tools: what there is.</summary>
internal sealed class ToolsApi(ToolCatalog catalog, ComposioDialect dialect)
{
    private const string FirstVersion = "00000000_00";

    public WireResponse ListToolkits(Exchange exchange)
    {
        var search = exchange.Query("search");
        var category = exchange.Query("category");
        var managed = exchange.Query("managed_by");
        var found = catalog.Toolkits
            .Where(toolkit => search is null || toolkit.Name.Contains(search, StringComparison.OrdinalIgnoreCase) || toolkit.Slug.Contains(search, StringComparison.OrdinalIgnoreCase) || toolkit.Description.Contains(search, StringComparison.OrdinalIgnoreCase))
            .Where(toolkit => category is null || toolkit.Categories.Any(item => item.Id == category))
            .Where(toolkit => managed is null or "all" || (managed == "composio") == (toolkit.ComposioManagedAuthSchemes.Count > 0));
        return Pages.Of(exchange, [.. found.Select(ListItem)], standardLimit: 20, maxLimit: 1000);
    }

    public WireResponse GetToolkit(Exchange exchange) => catalog.Toolkit(exchange.Route("slug")) is { } toolkit
        ? WireResponse.Of(Detail(toolkit))
        : dialect.Error(new WireError(404, $"Toolkit {exchange.Route("slug")} not found") { Type = "Toolkit_ToolkitNotFound" });

    public WireResponse Categories(Exchange exchange) => Pages.Of(
        exchange, [.. catalog.Toolkits.SelectMany(toolkit => toolkit.Categories).DistinctBy(category => category.Id).Select(category => (JsonNode)Category(category))], standardLimit: 100, maxLimit: 1000);

    public WireResponse ListTools(Exchange exchange)
    {
        var slugs = exchange.QueryList("tool_slugs");
        var search = exchange.Query("search");
        var tags = exchange.QueryList("tags");
        var toolkits = exchange.QueryList("toolkit_slug").Concat(exchange.QueryList("toolkit_slugs")).Select(slug => slug.ToLowerInvariant()).ToList();
        var found = catalog.Tools.Where(tool => !tool.Removed);
        found = slugs.Count > 0
            ? found.Where(tool => slugs.Contains(tool.Slug))
            : found.Where(tool => toolkits.Count == 0 || toolkits.Contains(tool.Toolkit.Slug))
                .Where(tool => tags.Count == 0 || tags.Any(tool.Tags.Contains))
                .Where(tool => exchange.Query("important") is not { } important || tool.Tags.Contains("important") == (important == "true"))
                .Where(tool => exchange.Query("include_deprecated") != "false" || !tool.IsDeprecated)
                .Where(tool => search is null || Matches(tool, search));
        var page = Pages.Of(exchange, [.. found.Select(tool => (JsonNode)Item(tool))], standardLimit: 20, maxLimit: 1000);
        return page.With("ETag", $"\"{Digest.Hex(page.Chunks[0])[..16]}\"");
    }

    public WireResponse GetTool(Exchange exchange)
    {
        var slug = exchange.Route("slug");
        var version = exchange.Query("version") ?? exchange.Query("toolkit_versions");
        return catalog.Find(slug) is not { } tool ? dialect.Error(NotFound(slug))
            : tool.Removed && version != FirstVersion ? dialect.Error(Gone(tool))
            : WireResponse.Of(Item(tool));
    }

    public WireResponse Enumerate() => WireResponse.Of(new JsonArray([.. catalog.Tools.Where(tool => !tool.Removed).Select(tool => (JsonNode)tool.Slug)]));

    public WireResponse RequiredScopes(Exchange exchange) => WireResponse.Of(new JsonObject
    {
        ["scopes"] = new JsonArray([.. (exchange.Body.Arr("tools") ?? []).Select(slug => catalog.Find(slug.AsText() ?? string.Empty)).OfType<ToolInfo>()
            .SelectMany(tool => tool.Scopes).Distinct(StringComparer.Ordinal).Select(scope => (JsonNode)scope)]),
    });

    public static WireError NotFound(string slug) => new(404, $"Tool {slug} not found") { Type = "Tool_ToolNotFound", Code = "2301", Parameter = "Look the slug up with GET /tools/enum; slugs are upper case." };

    public static WireError Gone(ToolInfo tool) => new(410, $"Tool {tool.Slug} was removed from toolkit {tool.Toolkit.Slug} {tool.Toolkit.Version}. {tool.Description}") { Type = "Tool_ToolVersionGone", Code = "2302" };

    /// <summary>Whether a call of a tool with this version reaches it.</summary>
    public static bool Exists(ToolInfo tool, string? version) =>
        version is null or "latest" || tool.Toolkit.AvailableVersions.Contains(version);

    public static bool IsGone(ToolInfo tool, string? version) => tool.Removed && version != FirstVersion;

    private static bool Matches(ToolInfo tool, string search)
    {
        var text = $"{tool.Slug} {tool.Name} {tool.Description} {tool.Toolkit.Name}".Replace('_', ' ');
        return search.Replace('_', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static JsonObject Item(ToolInfo tool) => new()
    {
        ["slug"] = tool.Slug,
        ["name"] = tool.Name,
        ["description"] = tool.Description,
        ["toolkit"] = new JsonObject { ["slug"] = tool.Toolkit.Slug, ["name"] = tool.Toolkit.Name, ["logo"] = $"https://logos.example.com/{tool.Toolkit.Slug}.svg" },
        ["input_parameters"] = tool.InputParameters.DeepClone(),
        ["output_parameters"] = new JsonObject
        {
            ["title"] = tool.Name.Replace(" ", string.Empty, StringComparison.Ordinal) + "ResponseWrapper",
            ["type"] = "object",
            ["required"] = new JsonArray("data", "successful"),
            ["properties"] = new JsonObject
            {
                ["data"] = tool.OutputData.DeepClone(),
                ["error"] = new JsonObject { ["type"] = "string" },
                ["successful"] = new JsonObject { ["type"] = "boolean" },
            },
        },
        ["no_auth"] = tool.Toolkit.NoAuth,
        ["version"] = tool.Toolkit.Version,
        ["available_versions"] = Strings(tool.Toolkit.AvailableVersions),
        ["scopes"] = Strings(tool.Scopes),
        ["tags"] = Strings(tool.Tags),
        ["is_deprecated"] = tool.IsDeprecated,
        ["deprecated"] = new JsonObject
        {
            ["displayName"] = tool.Name,
            ["version"] = tool.Toolkit.Version,
            ["available_versions"] = Strings(tool.Toolkit.AvailableVersions),
            ["is_deprecated"] = tool.IsDeprecated,
            ["toolkit"] = new JsonObject { ["logo"] = $"https://logos.example.com/{tool.Toolkit.Slug}.svg" },
        },
    };

    private JsonNode ListItem(ToolkitInfo toolkit) => new JsonObject
    {
        ["slug"] = toolkit.Slug,
        ["name"] = toolkit.Name,
        ["auth_schemes"] = Strings(toolkit.AuthSchemes),
        ["composio_managed_auth_schemes"] = Strings(toolkit.ComposioManagedAuthSchemes),
        ["no_auth"] = toolkit.NoAuth,
        ["is_local_toolkit"] = false,
        ["deprecated"] = new JsonObject { ["toolkitId"] = Digest.Uuid(toolkit.Slug).ToString() },
        ["meta"] = Meta(toolkit, new JsonArray([.. toolkit.Categories.Select(Category)])),
    };

    private JsonObject Detail(ToolkitInfo toolkit)
    {
        var meta = Meta(toolkit, new JsonArray([.. toolkit.Categories.Select(category => new JsonObject { ["name"] = category.Name, ["slug"] = category.Id })]));
        meta["available_versions"] = Strings(toolkit.AvailableVersions);
        return new JsonObject
        {
            ["slug"] = toolkit.Slug,
            ["name"] = toolkit.Name,
            ["enabled"] = true,
            ["base_url"] = toolkit.AppUrl,
            ["auth_config_details"] = new JsonArray([.. toolkit.AuthSchemes.Where(scheme => scheme != "NO_AUTH").Select(scheme => Scheme(toolkit, scheme))]),
            ["meta"] = meta,
            ["get_current_user_endpoint"] = null,
        };
    }

    private static JsonObject Scheme(ToolkitInfo toolkit, string scheme) => new()
    {
        ["mode"] = scheme,
        ["name"] = $"{toolkit.Slug}_{scheme.ToLowerInvariant()}",
        ["fields"] = new JsonObject
        {
            ["auth_config_creation"] = new JsonObject { ["required"] = scheme == "OAUTH2" && toolkit.ComposioManagedAuthSchemes.Count == 0 ? new JsonArray(Field("client_id"), Field("client_secret")) : new JsonArray(), ["optional"] = new JsonArray() },
            ["connected_account_initiation"] = new JsonObject { ["required"] = toolkit.Slug == "shopify" ? new JsonArray(Field("subdomain")) : new JsonArray(), ["optional"] = new JsonArray() },
        },
    };

    private static JsonObject Field(string name) => new() { ["name"] = name, ["displayName"] = name, ["type"] = "string", ["description"] = name, ["required"] = true };

    private JsonObject Meta(ToolkitInfo toolkit, JsonArray categories) => new()
    {
        ["created_at"] = "2024-05-03T11:44:32.061Z",
        ["updated_at"] = "2026-08-17T00:00:00.000Z",
        ["description"] = toolkit.Description,
        ["logo"] = $"https://logos.example.com/{toolkit.Slug}.svg",
        ["app_url"] = toolkit.AppUrl,
        ["categories"] = categories,
        ["triggers_count"] = 0,
        ["tools_count"] = catalog.Tools.Count(tool => tool.Toolkit.Slug == toolkit.Slug && !tool.Removed),
        ["version"] = toolkit.Version,
    };

    private static JsonObject Category(Category category) => new() { ["id"] = category.Id, ["name"] = category.Name };

    private static JsonArray Strings(IEnumerable<string> items) => [.. items.Select(item => (JsonNode)item)];
}
