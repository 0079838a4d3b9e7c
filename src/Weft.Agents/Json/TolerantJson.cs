using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Agents.Json;

/// <summary>Reads the fields of JSON of others, who may leave some out, add some, or change a type.</summary>
internal static class TolerantJson
{
    /// <summary>A property as text: strings as they are, numbers and flags as written; null for all else.</summary>
    public static string? Text(this JsonNode? node, string name) =>
        node is JsonObject o && o.TryGetPropertyValue(name, out var value) ? Text(value) : null;

    /// <summary>A scalar as text.</summary>
    public static string? Text(this JsonNode? node) => node is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => null,
    };

    /// <summary>A property as a flag; <c>"true"</c> counts.</summary>
    public static bool? Flag(this JsonNode? node, string name) => node.Text(name) switch
    {
        "true" or "True" or "1" => true,
        "false" or "False" or "0" => false,
        _ => null,
    };

    /// <summary>A property as a whole number.</summary>
    public static int? Number(this JsonNode? node, string name) =>
        double.TryParse(node.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < int.MaxValue ? (int)number : null;

    /// <summary>A property as a time, UTC.</summary>
    public static DateTime? Time(this JsonNode? node, string name) =>
        DateTimeOffset.TryParse(node.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.UtcDateTime : null;

    /// <summary>A property's items, when it is a list.</summary>
    public static IEnumerable<JsonNode?> Items(this JsonNode? node, string name) =>
        node is JsonObject o && o.TryGetPropertyValue(name, out var value) && value is JsonArray items ? items : [];

    /// <summary>A property's texts, when it is a list.</summary>
    public static IReadOnlyList<string> Texts(this JsonNode? node, string name) =>
        [.. node.Items(name).Select(x => x.Text()).OfType<string>()];

    /// <summary>A property that is an object.</summary>
    public static JsonObject? Object(this JsonNode? node, string name) =>
        node is JsonObject o && o.TryGetPropertyValue(name, out var value) ? value as JsonObject : null;
}
