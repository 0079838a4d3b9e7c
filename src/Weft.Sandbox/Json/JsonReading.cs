using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Sandbox.Json;

/// <summary>Reads of foreign JSON that never throw: a missing or differently typed value is null, as a tolerant server sees it.</summary>
internal static class JsonReading
{
    /// <summary>How deep a document may nest.</summary>
    public const int MaxDepth = 128;

    public static JsonNode? Get(this JsonNode? node, string name) =>
        node is JsonObject found && found.TryGetPropertyValue(name, out var value) ? value : null;

    /// <summary>What lies at a path such as <c>order.items.0.title</c>. A list has a <c>count</c>, and a <c>next</c> number.</summary>
    public static JsonNode? At(this JsonNode? node, string path) => path.Split('.').Aggregate(node, (current, name) => current switch
    {
        JsonArray items when name == "count" => items.Count,
        JsonArray items when name == "next" => items.Count + 1,
        JsonArray items => int.TryParse(name, out var place) ? items.ElementAtOrDefault(place) : null,
        _ => current.Get(name),
    });

    public static string? Str(this JsonNode? node, string name) => node.Get(name).AsText();

    public static JsonObject? Obj(this JsonNode? node, string name) => node.Get(name) as JsonObject;

    public static JsonArray? Arr(this JsonNode? node, string name) => node.Get(name) as JsonArray;

    public static bool? Bool(this JsonNode? node, string name) =>
        node.Get(name) is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static int? Int(this JsonNode? node, string name) => node.Get(name).AsNumber() is { } number
        && number is > int.MinValue and < int.MaxValue ? (int)number : null;

    public static double? AsNumber(this JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string? AsText(this JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A string as it is, a number or boolean as it is written, else null.</summary>
    public static string? AsScalarText(this JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        JsonValue value when value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False =>
            value.ToJsonString(),
        _ => null,
    };

    /// <summary>The document, or null for a text that is none.</summary>
    public static JsonNode? Parse(string? text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null
                : JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Every property below <paramref name="node"/>, parents before children, in document order.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(this JsonNode? node)
    {
        var pending = new Stack<JsonNode?>();
        pending.Push(node);
        while (pending.TryPop(out var current))
        {
            if (current is JsonObject fields)
            {
                foreach (var field in fields)
                {
                    yield return field;
                }

                foreach (var field in fields.Reverse())
                {
                    pending.Push(field.Value);
                }
            }
            else if (current is JsonArray items)
            {
                for (var i = items.Count - 1; i >= 0; i--)
                {
                    pending.Push(items[i]);
                }
            }
        }
    }
}
