using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Schemas;

namespace Weft.Workflows.Sequences;

/// <summary>Makes a list of whatever a collection is told to go over.</summary>
internal static class CollectionItems
{
    private const int LongestRange = 10_000;

    /// <summary>
    /// A list as it is; the members of an object as <c>{key, value}</c> in the order of their names; a text that holds a JSON list
    /// or object as that; a range (<c>1..5</c>, <c>5..1</c>, <c>a..e</c>) counted out; null as nothing; anything else as one item.
    /// </summary>
    public static IReadOnlyList<JsonNode?> Of(JsonNode? value)
    {
        switch (value)
        {
            case null:
                return [];
            case JsonArray list:
                return [.. list];
            case JsonObject members:
                return [.. members.OrderBy(x => x.Key, StringComparer.Ordinal).Select(
                    x => new JsonObject { ["key"] = x.Key, ["value"] = x.Value?.DeepClone() })];
            case JsonValue scalar when scalar.TryGetValue<string>(out var text):
                return OfText(text, value);
            default:
                return [value];
        }
    }

    /// <summary>Whether a rendered filter keeps its item: a text by its words, anything else by whether it is empty.</summary>
    public static bool Keeps(JsonNode? value) => value switch
    {
        null => false,
        JsonArray list => list.Count > 0,
        JsonObject members => members.Count > 0,
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            JsonValueKind.Number => value.ToJsonString() is not ("0" or "0.0"),
            _ => value.ToString().Trim().ToLowerInvariant() is not ("" or "false" or "no" or "0" or "off"),
        },
    };

    private static IReadOnlyList<JsonNode?> OfText(string text, JsonNode value)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return [];
        }

        if (trimmed[0] is '[' or '{' && LenientJson.TryExtract(trimmed, out var parsed, out _) && parsed is JsonArray or JsonObject)
        {
            return Of(parsed);
        }

        return trimmed.Split("..") is [var first, var last] ? OfRange(first.Trim(), last.Trim()) ?? [value] : [value];
    }

    private static IReadOnlyList<JsonNode?>? OfRange(string first, string last)
    {
        if (int.TryParse(first, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var from)
            && int.TryParse(last, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var to))
        {
            return Count(from, to, static x => JsonValue.Create(x));
        }

        return first.Length == 1 && last.Length == 1 && char.IsLetter(first[0]) && char.IsLetter(last[0])
            && char.IsUpper(first[0]) == char.IsUpper(last[0])
            ? Count(first[0], last[0], static x => JsonValue.Create(((char)x).ToString()))
            : null;
    }

    private static IReadOnlyList<JsonNode?> Count(int from, int to, Func<int, JsonNode> make)
    {
        var length = Math.Abs((long)to - from) + 1;
        if (length > LongestRange)
        {
            throw new WeftException(
                "range_too_long", Fault.Invalid, $"The range has {length:N0} items; at most {LongestRange:N0} are allowed.");
        }

        return [.. Enumerable.Range(0, (int)length).Select(x => make(from <= to ? from + x : from - x))];
    }
}
