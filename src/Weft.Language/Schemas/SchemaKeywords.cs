using System.Text.Json.Nodes;

namespace Weft.Language.Schemas;

/// <summary>Reads the keywords of a schema.</summary>
internal static class SchemaKeywords
{
    /// <summary>The groups of which a schema has keywords.</summary>
    public static KeywordGroups GroupsOf(JsonObject schema)
    {
        var groups = KeywordGroups.None;
        for (var i = 0; i < schema.Count; i++)
        {
            groups |= GroupOf(schema.GetAt(i).Key);
        }

        return groups;
    }

    /// <summary>The schemas that stand directly in a schema; what stands in other places is data.</summary>
    public static IEnumerable<JsonNode?> Parts(JsonObject schema)
    {
        foreach (var (keyword, value) in schema)
        {
            IEnumerable<JsonNode?> parts = (keyword, value) switch
            {
                ("not" or "if" or "then" or "else" or "propertyNames" or "contains" or "contentSchema" or "items"
                    or "additionalProperties" or "additionalItems" or "unevaluatedProperties" or "unevaluatedItems", JsonObject) => [value],
                ("allOf" or "anyOf" or "oneOf" or "prefixItems" or "items", JsonArray several) => several,
                ("$defs" or "definitions" or "properties" or "patternProperties" or "dependentSchemas" or "dependencies",
                    JsonObject members) => members.Select(x => x.Value),
                _ => [],
            };
            foreach (var part in parts)
            {
                yield return part;
            }
        }
    }

    /// <summary>The <c>$id</c>, without the empty fragment that old ones have; null when there is none.</summary>
    public static string? IdOf(JsonObject schema) => Text(schema, "$id")?.TrimEnd('#') is { Length: > 0 } id ? id : null;

    /// <summary>The text of a keyword; null when it has none.</summary>
    public static string? Text(JsonObject schema, string keyword) =>
        schema.TryGetPropertyValue(keyword, out var node) && node is JsonValue value && value.TryGetValue<string>(out var text)
            ? text : null;

    private static KeywordGroups GroupOf(string keyword) => keyword switch
    {
        "$id" => KeywordGroups.Identity,
        "$ref" or "$dynamicRef" => KeywordGroups.Reference,
        "type" or "enum" or "const" => KeywordGroups.AnyType,
        "allOf" or "anyOf" or "oneOf" or "not" or "if" => KeywordGroups.Combination,
        "required" or "properties" or "patternProperties" or "additionalProperties" or "propertyNames" or "minProperties"
            or "maxProperties" or "dependentRequired" or "dependentSchemas" or "dependencies" => KeywordGroups.Object,
        "items" or "prefixItems" or "contains" or "minItems" or "maxItems" or "uniqueItems" => KeywordGroups.Array,
        "minLength" or "maxLength" or "pattern" => KeywordGroups.Text,
        "format" => KeywordGroups.Format,
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" => KeywordGroups.Number,
        "unevaluatedProperties" or "unevaluatedItems" => KeywordGroups.Unevaluated,
        _ => KeywordGroups.None,
    };
}
