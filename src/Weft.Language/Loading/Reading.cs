using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>
/// Reads values that the shape check has seen, each by the one name that its key has by then: what is absent, empty or of a wrong type
/// reads as null.
/// </summary>
internal static class Reading
{
    public static SourceNode? Value(this SourceMap map, string key) =>
        map.Find(key) is { Value: not SourceScalar { IsNull: true } and var value } ? value : null;

    public static SourceMap? Map(this SourceMap map, string key) => map.Value(key) as SourceMap;

    public static SourceScalar? Scalar(this SourceMap map, string key) => map.Value(key) as SourceScalar;

    public static string? Text(this SourceMap map, string key) => map.Scalar(key)?.Text;

    public static bool? Bool(this SourceMap map, string key) =>
        map.Scalar(key) is { ScalarKind: ScalarKind.Bool } scalar ? scalar.Text[0] is 't' or 'T' : null;

    public static int? Int(this SourceMap map, string key) =>
        map.Double(key) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public static double? Double(this SourceMap map, string key) =>
        map.Scalar(key) is { ScalarKind: ScalarKind.Integer or ScalarKind.Float } scalar && CoreSchema.Number(scalar.Text) is { } json
            ? double.Parse(json.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;

    public static TimeSpan? Duration(this SourceMap map, string key) =>
        map.Text(key) is { } text && DurationText.TryParse(text, out var value) ? value : null;

    public static DateTime? Time(this SourceMap map, string key) =>
        map.Text(key) is { } text && TimeText.TryParse(text, out var value) ? value : null;

    public static JsonNode? Json(this SourceMap map, string key) => map.Value(key).ToJson();

    public static JsonObject? JsonObject(this SourceMap map, string key) => map.Map(key)?.ToJsonObject();

    /// <summary>The items of a list; a single value is a list of one.</summary>
    public static IReadOnlyList<SourceNode> Items(this SourceMap map, string key) => map.Value(key) switch
    {
        SourceList list => list.Items,
        null => [],
        var one => [one],
    };

    /// <summary>The mappings of a list.</summary>
    public static IEnumerable<SourceMap> Maps(this SourceMap map, string key) => map.Items(key).OfType<SourceMap>();

    /// <summary>The texts of a list; each may be a comma list.</summary>
    public static IReadOnlyList<string> Texts(this SourceMap map, string key) =>
    [
        .. map.Items(key).OfType<SourceScalar>()
            .SelectMany(s => s.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    public static IReadOnlyDictionary<string, string> TextMap(this SourceMap map, string key)
    {
        var result = new Dictionary<string, string>();
        foreach (var (name, value) in map.Map(key)?.Entries ?? [])
        {
            if (value is SourceScalar scalar)
            {
                result[name.Text] = scalar.IsNull ? "" : scalar.Text;
            }
        }

        return result;
    }

    /// <summary>A condition; null when there is none.</summary>
    /// <param name="map">The mapping that has it.</param>
    /// <param name="textType">The type of a bare text without <c>{{</c>.</param>
    /// <param name="key">The key.</param>
    public static ConditionDefinition? Condition(this SourceMap map, string textType, string key)
    {
        switch (map.Value(key))
        {
            case SourceScalar { ScalarKind: ScalarKind.Bool } constant:
                return constant.Text[0] is 't' or 'T' ? new ConditionDefinition("always", "", constant.Span)
                    : new ConditionDefinition("expr", "false", constant.Span);
            case SourceScalar text:
                return new ConditionDefinition(ConditionText.TypeOf(text.Text, textType), text.Text, text.Span);
            case SourceMap written:
                var expression = written.Scalar("expression");
                var type = written.Text("type") ?? (expression is null ? "always" : ConditionText.TypeOf(expression.Text, textType));
                var isFalse = expression is { ScalarKind: ScalarKind.Bool };
                return new ConditionDefinition(isFalse ? "expr" : type,
                    isFalse ? expression!.Text.ToLowerInvariant() : expression?.Text ?? "", (expression ?? (SourceNode)written).Span);
            default:
                return null;
        }
    }
}
