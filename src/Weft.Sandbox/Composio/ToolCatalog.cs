using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>The toolkits and tools that the sandbox has, from the documents embedded in the assembly.</summary>
internal sealed class ToolCatalog
{
    private readonly Lazy<Content> _content = new(Load);

    public IReadOnlyList<ToolkitInfo> Toolkits => _content.Value.Toolkits;

    public IReadOnlyList<ToolInfo> Tools => _content.Value.Tools;

    /// <summary>A tool by its exact slug; slugs are upper case.</summary>
    public ToolInfo? Find(string slug) => _content.Value.BySlug.GetValueOrDefault(slug);

    public ToolkitInfo? Toolkit(string slug) => Toolkits.FirstOrDefault(toolkit => toolkit.Slug == slug);

    private static Content Load()
    {
        var assembly = typeof(ToolCatalog).Assembly;
        var toolkits = new List<ToolkitInfo>();
        var tools = new List<ToolInfo>();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("toolkits/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var document = JsonNode.Parse(stream)!.AsObject();
            var toolkit = SandboxJson.From<ToolkitInfo>(document);
            toolkits.Add(toolkit);
            tools.AddRange(document.Arr("tools")!.Select(tool => SandboxJson.From<ToolInfo>(tool!) with { Toolkit = toolkit }));
        }

        return new Content(toolkits, tools, tools.ToDictionary(tool => tool.Slug));
    }

    private sealed record Content(IReadOnlyList<ToolkitInfo> Toolkits, IReadOnlyList<ToolInfo> Tools, IReadOnlyDictionary<string, ToolInfo> BySlug);
}

internal sealed record ToolkitInfo
{
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public required string AppUrl { get; init; }
    public required IReadOnlyList<Category> Categories { get; init; }
    public required IReadOnlyList<string> AuthSchemes { get; init; }
    public required IReadOnlyList<string> ComposioManagedAuthSchemes { get; init; }
    public required bool NoAuth { get; init; }
    public required string Version { get; init; }
    public required IReadOnlyList<string> AvailableVersions { get; init; }
}

internal sealed record Category(string Id, string Name);

internal sealed record ToolInfo
{
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required string Description { get; init; }
    public ToolkitInfo Toolkit { get; init; } = null!; // Set by the catalog as it loads.
    public required JsonObject InputParameters { get; init; }
    public required JsonObject OutputData { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Scopes { get; init; } = [];
    public bool IsDeprecated { get; init; }

    /// <summary>Only older versions of the toolkit have it.</summary>
    public bool Removed { get; init; }

    public bool IsReadOnly => Tags.Contains("readOnlyHint");
}
