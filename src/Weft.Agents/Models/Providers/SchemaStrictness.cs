using System.Text.Json;

namespace Weft.Agents.Models.Providers;

/// <summary>Whether a provider can hold a reply to a schema: each takes a subset of JSON Schema and answers 400 to the rest.</summary>
internal static class SchemaStrictness
{
    private const int Deepest = 5;

    private static readonly HashSet<string> Refused = new(StringComparer.Ordinal)
    {
        "allOf", "oneOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties",
        "unevaluatedProperties", "propertyNames", "minProperties", "maxProperties", "contains", "prefixItems", "default",
    };

    /// <summary>OpenAI's strict subset: every object closed, every property required.</summary>
    public static bool FitsOpenAi(JsonElement schema) => IsObject(schema) && Fits(schema, allRequired: true, Deepest);

    /// <summary>Anthropic's subset: every object closed; properties may be optional.</summary>
    public static bool FitsAnthropic(JsonElement schema) => IsObject(schema) && Fits(schema, allRequired: false, Deepest);

    private static bool IsObject(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String && type.ValueEquals("object");

    private static bool Fits(JsonElement schema, bool allRequired, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth < 0)
        {
            return false;
        }

        if (schema.EnumerateObject().Any(p => Refused.Contains(p.Name) || p.NameEquals("$ref") || p.NameEquals("$defs")))
        {
            return false;
        }

        var known = schema.TryGetProperty("type", out var type) || schema.TryGetProperty("enum", out _)
            || schema.TryGetProperty("const", out _) || schema.TryGetProperty("anyOf", out _);
        if (!known)
        {
            return false;
        }

        if (schema.TryGetProperty("anyOf", out var options)
            && !(options.ValueKind == JsonValueKind.Array && options.EnumerateArray().All(o => Fits(o, allRequired, depth - 1))))
        {
            return false;
        }

        if (Names(type, "array") && !(schema.TryGetProperty("items", out var items) && Fits(items, allRequired, depth - 1)))
        {
            return false;
        }

        return !Names(type, "object") || FitsObject(schema, allRequired, depth);
    }

    private static bool FitsObject(JsonElement schema, bool allRequired, int depth)
    {
        if (!schema.TryGetProperty("additionalProperties", out var more) || more.ValueKind != JsonValueKind.False
            || !schema.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var required = schema.TryGetProperty("required", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(r => r.ValueKind == JsonValueKind.String).Select(r => r.GetString()!).ToHashSet()
            : [];
        return properties.EnumerateObject().All(p => (!allRequired || required.Contains(p.Name)) && Fits(p.Value, allRequired, depth - 1));
    }

    private static bool Names(JsonElement type, string name) => type.ValueKind switch
    {
        JsonValueKind.String => type.ValueEquals(name),
        JsonValueKind.Array => type.EnumerateArray().Any(t => Names(t, name)),
        _ => false,
    };
}
