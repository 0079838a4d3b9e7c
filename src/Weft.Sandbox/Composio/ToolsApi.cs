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
        var (search, category, managed) = (exchange.Query("search"), exchange.Query("category"), exchange.Query("managed_by"));
        var found = catalog.Toolkits.Where(toolkit =>
            (search is null || Texts(toolkit.Document, "name", "slug", "description").Contains(search, StringComparison.OrdinalIgnoreCase))
            && (category is null || toolkit.Categories.Any(item => item.Str("id") == category))
            && (managed is null or "all" || (managed == "composio") == toolkit.HasManagedAuth));
        return Pages.Of(exchange, [.. found.Select(toolkit => View("toolkit_item", toolkit))], standardLimit: 20, maxLimit: 1000);
    }

    public WireResponse GetToolkit(Exchange exchange) => catalog.Toolkit(exchange.Route("slug")) is { } toolkit
        ? WireResponse.Of(View("toolkit", toolkit))
        : dialect.Error(new WireError(404, $"Toolkit {exchange.Route("slug")} not found") { Type = "Toolkit_ToolkitNotFound" });

    public WireResponse Categories(Exchange exchange)
    {
        var categories = catalog.Toolkits.SelectMany(toolkit => toolkit.Categories).DistinctBy(category => category.Str("id"));
        return Pages.Of(exchange, [.. categories.OfType<JsonNode>().Select(category => category.DeepClone())], 100, maxLimit: 1000);
    }

    public WireResponse ListTools(Exchange exchange)
    {
        var (slugs, search, tags) = (exchange.QueryList("tool_slugs"), exchange.Query("search"), exchange.QueryList("tags"));
        var toolkits = exchange.QueryList("toolkit_slug").Concat(exchange.QueryList("toolkit_slugs"))
            .Select(slug => slug.ToLowerInvariant()).ToList();
        var found = catalog.Tools.Where(tool => !tool.Removed && (slugs.Count > 0 ? slugs.Contains(tool.Slug)
            : (toolkits.Count == 0 || toolkits.Contains(tool.Toolkit.Slug))
                && (tags.Count == 0 || tags.Any(tool.Tags.Contains))
                && (exchange.Query("important") is not { } important || tool.Tags.Contains("important") == (important == "true"))
                && (exchange.Query("include_deprecated") != "false" || !tool.IsDeprecated)
                && (search is null || Matches(tool, search))));
        var page = Pages.Of(exchange, [.. found.Select(View)], standardLimit: 20, maxLimit: 1000);
        return page.With("ETag", $"\"{Digest.Hex(page.Chunks[0])[..16]}\"");
    }

    public WireResponse GetTool(Exchange exchange)
    {
        var slug = exchange.Route("slug");
        return catalog.Find(slug) is not { } tool ? dialect.Error(NotFound(slug))
            : IsGone(tool, exchange.Query("version") ?? exchange.Query("toolkit_versions")) ? dialect.Error(Gone(tool))
            : WireResponse.Of(View(tool));
    }

    public WireResponse Enumerate() =>
        WireResponse.Of(new JsonArray([.. catalog.Tools.Where(tool => !tool.Removed).Select(tool => (JsonNode)tool.Slug)]));

    public static WireError NotFound(string slug) => new(404, $"Tool {slug} not found")
    {
        Type = "Tool_ToolNotFound",
        Code = "2301",
        Parameter = "Look the slug up with GET /tools/enum; slugs are upper case.",
    };

    public static WireError Gone(ToolInfo tool) =>
        new(410, $"Tool {tool.Slug} was removed from toolkit {tool.Toolkit.Slug} {tool.Toolkit.Version}. {tool.Description}")
        {
            Type = "Tool_ToolVersionGone",
            Code = "2302",
        };

    /// <summary>Whether a call of a tool with this version reaches it.</summary>
    public static bool Exists(ToolInfo tool, string? version) => version is null or "latest" || tool.Toolkit.Versions.Contains(version);

    public static bool IsGone(ToolInfo tool, string? version) => tool.Removed && version != FirstVersion;

    private static bool Matches(ToolInfo tool, string search)
    {
        var text = $"{Texts(tool.Document, "slug", "name", "description")} {tool.Toolkit.Document.Str("name")}".Replace('_', ' ');
        return search.Split([' ', '_']).All(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static string Texts(JsonObject document, params IReadOnlyList<string> members) =>
        string.Join(' ', members.Select(member => document.Str(member)));

    private static JsonNode View(ToolInfo tool) =>
        Views.Of("tool", tool.Document, new JsonObject { ["toolkit"] = tool.Toolkit.Document.DeepClone() });

    private JsonNode View(string form, ToolkitInfo toolkit)
    {
        var count = catalog.Tools.Count(tool => tool.Toolkit == toolkit && !tool.Removed);
        return Views.Of(form, toolkit.Document, new JsonObject { ["tools_count"] = count });
    }
}
