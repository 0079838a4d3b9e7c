using System.Text.Json.Nodes;

namespace Weft.Sandbox.Json;

/// <summary>A JSON Schema with its definitions: references are followed, and <c>allOf</c> is one schema.</summary>
internal sealed class SchemaDocument(JsonObject root)
{
    private const int MaxReferences = 32;
    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    public JsonObject Root { get; } = root;

    /// <summary>The schema as it reads with references followed and <c>allOf</c> merged.</summary>
    public JsonObject Resolve(JsonObject schema)
    {
        for (var i = 0; i < MaxReferences && schema.Str("$ref") is { } reference; i++)
        {
            var target = Find(reference);
            schema = schema.Count == 1 ? target : Merge(target, Without(schema, "$ref"));
        }

        if (schema.Arr("allOf") is { } parts)
        {
            var merged = Without(schema, "allOf");
            foreach (var part in parts.OfType<JsonObject>())
            {
                merged = Merge(merged, Resolve(part));
            }

            return merged;
        }

        return schema;
    }

    /// <summary>The types a schema allows; none named means any that its keywords fit.</summary>
    public static IReadOnlyList<string> TypesOf(JsonObject schema) => schema.Get("type") switch
    {
        JsonArray many => [.. many.Select(type => type.AsText() ?? string.Empty)],
        { } one when one.AsText() is { } type => [type],
        _ when schema.ContainsKey("properties") || schema.ContainsKey("required") || schema.ContainsKey("additionalProperties") =>
            ["object"],
        _ when schema.ContainsKey("items") || schema.ContainsKey("minItems") || schema.ContainsKey("prefixItems") => ["array"],
        _ when schema.ContainsKey("minimum") || schema.ContainsKey("maximum") || schema.ContainsKey("multipleOf") => ["number"],
        _ when schema.ContainsKey("pattern") || schema.ContainsKey("format") || schema.ContainsKey("minLength")
            || schema.ContainsKey("maxLength") => ["string"],
        _ => [],
    };

    public static IReadOnlyList<string> RequiredOf(JsonObject schema) =>
        [.. (schema.Arr("required") ?? []).Select(name => name.AsText() ?? string.Empty)];

    /// <summary>Whether a document is a schema, by what it has: a type of JSON's, or properties.</summary>
    public static bool IsSchema(JsonNode? node) => node.Obj("properties") is not null || node.Str("$ref") is not null
        || Types.Contains(node.Str("type"))
        || (node.Arr("type") is { Count: > 0 } types && types.All(type => Types.Contains(type.AsText())));

    private JsonObject Find(string reference)
    {
        JsonNode? node = Root;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(step).Replace("~1", "/").Replace("~0", "~");
            node = node is JsonArray items && int.TryParse(name, out var index) && index < items.Count ? items[index] : node.Get(name);
        }

        return node as JsonObject ?? [];
    }

    /// <summary>A copy of a schema without some keywords.</summary>
    public static JsonObject Without(JsonObject schema, params IReadOnlyList<string> keywords) => new(schema
        .Where(keyword => !keywords.Contains(keyword.Key)).Select(keyword => KeyValuePair.Create(keyword.Key, keyword.Value?.DeepClone())));

    private static JsonObject Merge(JsonObject left, JsonObject right)
    {
        var merged = (JsonObject)left.DeepClone();
        foreach (var (keyword, value) in right)
        {
            merged[keyword] = (keyword, merged.Get(keyword), value) switch
            {
                ("properties" or "$defs" or "definitions", JsonObject mine, JsonObject theirs) => Union(mine, theirs),
                ("required", JsonArray mine, JsonArray theirs) =>
                    new JsonArray([.. mine.Concat(theirs).Select(name => name.AsText()).Distinct().Select(name => (JsonNode?)name)]),
                ("minimum" or "minLength" or "minItems", { } mine, { } theirs) when mine.AsNumber() > theirs.AsNumber() => mine.DeepClone(),
                ("maximum" or "maxLength" or "maxItems", { } mine, { } theirs) when mine.AsNumber() < theirs.AsNumber() => mine.DeepClone(),
                ("enum", JsonArray mine, JsonArray theirs) => Both(mine, theirs),
                _ => value?.DeepClone(),
            };
        }

        return merged;
    }

    private static JsonArray Both(JsonArray left, JsonArray right) =>
        new([.. left.Where(item => right.Any(other => JsonNode.DeepEquals(item, other))).Select(item => item?.DeepClone())]);

    private static JsonObject Union(JsonObject left, JsonObject right)
    {
        var union = (JsonObject)left.DeepClone();
        foreach (var (name, value) in right)
        {
            union[name] = union.Get(name) is JsonObject mine && value is JsonObject theirs ? Merge(mine, theirs) : value?.DeepClone();
        }

        return union;
    }
}
