using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>One tool of a toolkit: what we call an action.</summary>
internal sealed record ComposioTool(string Slug, string Toolkit)
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>Gets the arguments' JSON Schema as Composio has it.</summary>
    public JsonObject Input { get; init; } = [];

    public JsonObject? Output { get; init; }

    public bool NoAuth { get; init; }

    /// <summary>Gets the toolkit's version that the schema is of; it is sent with each execution.</summary>
    public string? Version { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool Deprecated { get; init; }

    internal static ComposioTool? Read(JsonNode? node)
    {
        var slug = node.Text("slug");
        var toolkit = node.Object("toolkit").Text("slug") ?? node.Text("toolkit");
        return slug is null ? null : new ComposioTool(slug.ToUpperInvariant(), (toolkit ?? slug.Split('_')[0]).ToLowerInvariant())
        {
            Name = node.Text("name"),
            Description = node.Text("description"),
            Input = (JsonObject?)node.Object("input_parameters")?.DeepClone() ?? [],
            Output = (JsonObject?)node.Object("output_parameters")?.DeepClone(),
            NoAuth = node.Flag("no_auth") ?? false,
            Version = node.Text("version"),
            Tags = node.Texts("tags"),
            Deprecated = node.Flag("is_deprecated") ?? false,
        };
    }
}
