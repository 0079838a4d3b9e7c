using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Language.Expressions.GJson;

/// <summary>Follows a path through a document.</summary>
internal static class GJsonWalk
{
    public static bool TryFollow(JsonNode? node, GJsonSegment[] segments, int at, out JsonNode? found)
    {
        found = node;
        for (; at < segments.Length; at++)
        {
            var segment = segments[at];
            switch (segment.Kind)
            {
                case GJsonSegmentKind.Name when !TryMember(found, segment, out found):
                    return false;
                case GJsonSegmentKind.Name:
                    break;
                case GJsonSegmentKind.First:
                    if (found is not JsonArray candidates || candidates.FirstOrDefault(x => Holds(x, segment.Query!)) is not { } first) // a query segment has a query
                    {
                        found = null;
                        return false;
                    }

                    found = first;
                    break;
                case GJsonSegmentKind.All when found is JsonArray array:
                    found = OfEach([.. array.Where(x => Holds(x, segment.Query!))], segments, at + 1); // as above
                    return true;
                case GJsonSegmentKind.Each when found is JsonArray array:
                    found = at + 1 == segments.Length ? JsonValue.Create(array.Count) : OfEach([.. array], segments, at + 1);
                    return true;
                default:
                    found = null;
                    return false;
            }
        }

        return true;
    }

    private static JsonArray OfEach(JsonNode?[] items, GJsonSegment[] segments, int at)
    {
        var results = new JsonArray();
        foreach (var item in items)
        {
            if (TryFollow(item, segments, at, out var found))
            {
                results.Add(found?.DeepClone());
            }
        }

        return results;
    }

    private static bool TryMember(JsonNode? node, GJsonSegment segment, out JsonNode? member)
    {
        member = null;
        switch (node)
        {
            case JsonObject json when segment.Pattern is { } pattern:
                foreach (var (name, value) in json)
                {
                    if (pattern.Matches(name))
                    {
                        member = value;
                        return true;
                    }
                }

                return false;
            case JsonObject json:
                return json.TryGetPropertyValue(segment.Text, out member);
            case JsonArray array when int.TryParse(segment.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < array.Count:
                member = array[index];
                return true;
            default:
                return false;
        }
    }

    private static bool Holds(JsonNode? item, GJsonCondition[][] alternatives) =>
        Array.Exists(alternatives, conditions => Array.TrueForAll(conditions, x => Holds(item, x)));

    private static bool Holds(JsonNode? item, GJsonCondition condition)
    {
        if (!TryFollow(item, condition.Path, 0, out var value))
        {
            return false;
        }

        if (condition.Literal is not { } literal)
        {
            return true;
        }

        return condition.Operator switch
        {
            "==" => Same(value, literal),
            "!=" => !Same(value, literal),
            "%" => Like(value, literal),
            "!%" => !Like(value, literal),
            var operation => Compare(value, literal) is { } order && operation switch
            {
                "<" => order < 0,
                "<=" => order <= 0,
                ">" => order > 0,
                _ => order >= 0,
            },
        };
    }

    private static bool Same(JsonNode? value, GJsonLiteral literal) => value?.GetValueKind() switch
    {
        JsonValueKind.String => literal.Text is { } text && value.GetValue<string>() == text,
        JsonValueKind.Number => literal.Number is { } number && Number(value) == number,
        JsonValueKind.True => literal.Flag == true,
        JsonValueKind.False => literal.Flag == false,
        null => literal is { Text: null, Number: null, Flag: null },
        _ => false,
    };

    private static bool Like(JsonNode? value, GJsonLiteral literal) =>
        value?.GetValueKind() == JsonValueKind.String && literal.Pattern is { } pattern && pattern.Matches(value.GetValue<string>());

    private static int? Compare(JsonNode? value, GJsonLiteral literal) => value?.GetValueKind() switch
    {
        JsonValueKind.String when literal.Text is { } text => string.CompareOrdinal(value.GetValue<string>(), text),
        JsonValueKind.Number when literal.Number is { } number => Number(value).CompareTo(number),
        _ => null,
    };

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
}
