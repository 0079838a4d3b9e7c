using System.Text;
using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language;

namespace Weft.Agents.Tools;

/// <summary>Keeps the schemas of one turn within a size, by leaving out what a model misses least.</summary>
/// <remarks>A hundred schemas in a turn cost more than the prompt. No tool and no required parameter is ever dropped.</remarks>
internal static class SchemaBudget
{
    private static readonly Action<JsonObject>[] Cuts =
    [
        schema => Walk(schema, o => { o.Remove("examples"); Shorten(o, 240); }),
        schema => Walk(schema, o => { o.Remove("default"); o.Remove("format"); o.Remove("pattern"); Shorten(o, 80); }),
        schema => Nested(schema, o => o.Remove("description")),
        DropOptional,
    ];

    /// <summary>The specs, cut where they are too large together.</summary>
    public static IReadOnlyList<ToolSpec> Fit(IReadOnlyList<ToolSpec> specs, int maxBytes)
    {
        var result = specs;
        foreach (var cut in Cuts)
        {
            if (result.Sum(SizeOf) <= maxBytes)
            {
                break;
            }

            result = [.. result.Select(spec => Apply(spec, cut))];
        }

        return result;
    }

    private static int SizeOf(ToolSpec spec) =>
        spec.ModelName.Length + (spec.Description?.Length ?? 0)
            + Encoding.UTF8.GetByteCount(spec.Parameters.ToJsonString(WeftJson.Options));

    private static ToolSpec Apply(ToolSpec spec, Action<JsonObject> cut)
    {
        var parameters = (JsonObject)spec.Parameters.DeepClone();
        cut(parameters);
        return spec with { Parameters = parameters, Description = spec.Description?.Clip(400) };
    }

    private static void Shorten(JsonObject schema, int most)
    {
        if (schema.Text("description") is { } text && text.Length > most)
        {
            schema["description"] = text.Clip(most);
        }
    }

    private static void Nested(JsonObject schema, Action<JsonObject> cut)
    {
        foreach (var property in Properties(schema))
        {
            foreach (var inner in Properties(property))
            {
                Walk(inner, cut);
            }

            if (property["items"] is JsonObject items)
            {
                Walk(items, cut);
            }
        }
    }

    private static void DropOptional(JsonObject schema)
    {
        if (schema["properties"] is JsonObject properties)
        {
            var required = schema.Texts("required");
            foreach (var name in properties.Select(p => p.Key).Where(name => required.Count > 0 && !required.Contains(name)).ToList())
            {
                properties.Remove(name);
            }
        }
    }

    private static void Walk(JsonObject schema, Action<JsonObject> visit)
    {
        visit(schema);
        foreach (var property in Properties(schema))
        {
            Walk(property, visit);
        }

        if (schema["items"] is JsonObject items)
        {
            Walk(items, visit);
        }

        foreach (var choice in schema.Items("anyOf").OfType<JsonObject>())
        {
            Walk(choice, visit);
        }
    }

    private static IEnumerable<JsonObject> Properties(JsonObject schema) =>
        schema["properties"] is JsonObject properties ? properties.Select(p => p.Value).OfType<JsonObject>() : [];
}
