using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;

namespace Weft.Agents.Tools;

/// <summary>
/// Makes of any tool's JSON Schema the plain form that every provider takes: no references, no unknown keywords, an object at the top.
/// </summary>
public static class ToolSchema
{
    private const int MostDepth = 12;

    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "type", "description", "enum", "const", "default", "format", "pattern", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "required", "nullable",
        "file_uploadable", "examples", "minProperties", "maxProperties",
    };

    /// <summary>The schema of a tool without parameters.</summary>
    public static JsonObject Empty => new() { ["type"] = "object", ["properties"] = new JsonObject() };

    /// <summary>Normalises a schema. The result shares nothing with the input.</summary>
    public static JsonObject Normalise(JsonObject? schema)
    {
        if (schema is null || schema.Count == 0)
        {
            return Empty;
        }

        var result = Clean(schema, schema, [], 0) as JsonObject ?? Empty;
        if (!result.ContainsKey("type"))
        {
            result["type"] = "object";
        }

        if (result["properties"] is not JsonObject)
        {
            result["properties"] = new JsonObject();
        }

        KeepKnownRequired(result);
        return result;
    }

    private static JsonNode? Clean(JsonNode? node, JsonObject root, IReadOnlyList<string> path, int depth)
    {
        if (node is not JsonObject schema)
        {
            // true and false are schemas, too: anything, and nothing.
            return node is JsonValue ? new JsonObject() : null;
        }

        if (depth > MostDepth)
        {
            return new JsonObject();
        }

        if (schema.Text("$ref") is { } reference)
        {
            return Resolve(schema, reference, root, path, depth);
        }

        var result = new JsonObject();
        foreach (var (name, value) in schema)
        {
            switch (name)
            {
                case "properties" or "patternProperties" when value is JsonObject properties:
                    if (name == "properties")
                    {
                        result[name] =
                            new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key, Clean(p.Value, root, path, depth + 1))));
                    }

                    break;
                case "items":
                    result[name] =
                        Clean(value is JsonArray { Count: > 0 } tuple ? tuple[0] : value, root, path, depth + 1) ?? new JsonObject();
                    break;
                case "additionalProperties":
                    result[name] = value is JsonObject ? Clean(value, root, path, depth + 1) : value?.DeepClone();
                    break;
                case "anyOf" or "oneOf" when value is JsonArray choices:
                    result["anyOf"] = new JsonArray([.. choices.Select(c => Clean(c, root, path, depth + 1))]);
                    break;
                case "allOf" when value is JsonArray parts:
                    foreach (var part in parts)
                    {
                        Merge(result, Clean(part, root, path, depth + 1) as JsonObject);
                    }

                    break;
                default:
                    if (Kept.Contains(name))
                    {
                        result[name] = value?.DeepClone();
                    }

                    break;
            }
        }

        return result;
    }

    /// <summary>Puts the target in the place of a reference; a circle is cut with a schema that takes anything.</summary>
    private static JsonObject Resolve(JsonObject schema, string reference, JsonObject root, IReadOnlyList<string> path, int depth)
    {
        if (path.Contains(reference, StringComparer.Ordinal) || Target(root, reference) is not { } target)
        {
            return schema.Text("description") is { } about ? new JsonObject { ["description"] = about } : new JsonObject();
        }

        var resolved = Clean(target, root, [.. path, reference], depth + 1) as JsonObject ?? new JsonObject();
        foreach (var beside in new[] { "description", "default" })
        {
            if (schema.TryGetPropertyValue(beside, out var value))
            {
                resolved[beside] = value?.DeepClone();
            }
        }

        return resolved;
    }

    private static JsonNode? Target(JsonObject root, string reference)
    {
        if (!reference.StartsWith('#'))
        {
            return null;
        }

        JsonNode? at = root;
        foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace(
                "~0", "~", StringComparison.Ordinal);
            at = at switch
            {
                JsonObject o => o[name],
                JsonArray a when int.TryParse(name, out var index) && index < a.Count => a[index],
                _ => null,
            };
        }

        return at;
    }

    private static void Merge(JsonObject into, JsonObject? part)
    {
        foreach (var (name, value) in part ?? [])
        {
            if (name == "properties" && into["properties"] is JsonObject known && value is JsonObject more)
            {
                foreach (var (property, schema) in more)
                {
                    known[property] = schema?.DeepClone();
                }
            }
            else if (name == "required" && into["required"] is JsonArray required && value is JsonArray others)
            {
                foreach (var other in others)
                {
                    required.Add(other?.DeepClone());
                }
            }
            else
            {
                into[name] = value?.DeepClone();
            }
        }
    }

    /// <summary>Providers refuse a required name that is no property.</summary>
    private static void KeepKnownRequired(JsonObject schema)
    {
        if (schema["required"] is JsonArray required)
        {
            var properties = (JsonObject)schema["properties"]!;
            schema["required"] = new JsonArray(
                [.. required.Select(r => r.Text()).OfType<string>().Where(properties.ContainsKey).Distinct().Select(
                    r => JsonValue.Create(r))]);
        }
    }
}
