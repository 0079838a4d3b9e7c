using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>A schema with an identity: a document, or a part of one that has an <c>$id</c> of its own.</summary>
/// <param name="uri">What references inside it are relative to; null: nothing, as in a schema without a name.</param>
/// <param name="schema">The schema itself.</param>
internal sealed class SchemaResource(string? uri, JsonNode? schema)
{
    public string? Uri { get; } = uri;

    public JsonNode? Schema { get; } = schema;

    /// <summary>The parts of it that an <c>$anchor</c> or a <c>$dynamicAnchor</c> names.</summary>
    public Dictionary<string, JsonObject> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The parts of it to which a <c>$dynamicRef</c> from elsewhere may lead.</summary>
    public Dictionary<string, JsonObject> DynamicAnchors { get; } = new(StringComparer.Ordinal);
}
