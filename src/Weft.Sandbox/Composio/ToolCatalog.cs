using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>The toolkits and tools that the sandbox has, from the documents embedded in the assembly.</summary>
internal sealed class ToolCatalog
{
    private readonly Lazy<IReadOnlyList<ToolkitInfo>> _toolkits =
        new(() => [.. Embedded.Names("toolkits/").Select(name => new ToolkitInfo(Embedded.Read<JsonObject>(name)))]);

    private readonly Lazy<IReadOnlyDictionary<string, ToolInfo>> _tools;

    public ToolCatalog() => _tools = new(() => Toolkits.SelectMany(ToolsOf).ToDictionary(tool => tool.Slug));

    public IReadOnlyList<ToolkitInfo> Toolkits => _toolkits.Value;

    public IEnumerable<ToolInfo> Tools => _tools.Value.Values;

    /// <summary>A tool by its exact slug; slugs are upper case.</summary>
    public ToolInfo? Find(string slug) => _tools.Value.GetValueOrDefault(slug);

    public ToolkitInfo? Toolkit(string? slug) => Toolkits.FirstOrDefault(toolkit => toolkit.Slug == slug);

    private static IEnumerable<ToolInfo> ToolsOf(ToolkitInfo toolkit) =>
        toolkit.Document.Arr("tools")!.OfType<JsonObject>().Select(tool => new ToolInfo(tool, toolkit)); // Every toolkit has tools.
}
