using System.Text.Json.Nodes;

namespace Weft.Functions.Tests.Infra;

/// <summary>A resource of a <see cref="Preview"/>.</summary>
internal sealed class PreviewedResource(JsonObject json)
{
    public JsonObject Json { get; } = json;

    public string Type => (string)Json["type"]!;

    /// <summary>Gets its own name, without its parents'.</summary>
    public string Name => ((string)Json["name"]!).Split('/')[^1];

    public string Id => (string)Json["id"]!;

    public JsonNode Properties => Json["properties"]!;

    public override string ToString() => $"{Type} {Name}";
}
