using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Shapes;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Reads values that the shape check has seen: what is absent, empty or of a wrong type reads as null.</summary>
internal static class Reading
{
    public static SourceNode? Value(this SourceMap map, params ReadOnlySpan<string> spellings) =>
        map.FindAny(spellings) is { Value: not SourceScalar { IsNull: true } and var value } ? value : null;

    public static SourceMap? Map(this SourceMap map, params ReadOnlySpan<string> spellings) => map.Value(spellings) as SourceMap;

    public static SourceScalar? Scalar(this SourceMap map, params ReadOnlySpan<string> spellings) => map.Value(spellings) as SourceScalar;

    public static string? Text(this SourceMap map, params ReadOnlySpan<string> spellings) => map.Scalar(spellings)?.Text;

    public static bool? Bool(this SourceMap map, params ReadOnlySpan<string> spellings) =>
        map.Scalar(spellings) is { ScalarKind: ScalarKind.Bool } scalar ? scalar.Text[0] is 't' or 'T' : null;

    public static int? Int(this SourceMap map, params ReadOnlySpan<string> spellings) =>
        map.Double(spellings) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    public static double? Double(this SourceMap map, params ReadOnlySpan<string> spellings) =>
        map.Scalar(spellings) is { ScalarKind: ScalarKind.Integer or ScalarKind.Float } scalar && CoreSchema.Number(scalar.Text) is { } json
            ? double.Parse(json.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;

    public static TimeSpan? Duration(this SourceMap map, params ReadOnlySpan<string> spellings) =>
        map.Text(spellings) is { } text && DurationText.TryParse(text, out var value) ? value : null;

    public static DateTime? Time(this SourceMap map, params ReadOnlySpan<string> spellings) =>
        map.Text(spellings) is { } text && TimeText.TryParse(text, out var value) ? value : null;

    public static JsonNode? Json(this SourceMap map, params ReadOnlySpan<string> spellings) => map.Value(spellings).ToJson();

    public static JsonObject? JsonObject(this SourceMap map, params ReadOnlySpan<string> spellings) => map.Map(spellings)?.ToJsonObject();

    /// <summary>The items of a list; a single value is a list of one.</summary>
    public static IReadOnlyList<SourceNode> Items(this SourceMap map, params ReadOnlySpan<string> spellings) => map.Value(spellings) switch
    {
        SourceList list => list.Items,
        null => [],
        var one => [one],
    };

    /// <summary>The mappings of a list.</summary>
    public static IEnumerable<SourceMap> Maps(this SourceMap map, params ReadOnlySpan<string> spellings) =>
        map.Items(spellings).OfType<SourceMap>();

    /// <summary>The texts of a list; each may be a comma list.</summary>
    public static IReadOnlyList<string> Texts(this SourceMap map, params ReadOnlySpan<string> spellings) =>
    [
        .. map.Items(spellings).OfType<SourceScalar>()
            .SelectMany(s => s.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    public static IReadOnlyDictionary<string, string> TextMap(this SourceMap map, params ReadOnlySpan<string> spellings)
    {
        var result = new Dictionary<string, string>();
        foreach (var (key, value) in map.Map(spellings)?.Entries ?? [])
        {
            if (value is SourceScalar scalar)
            {
                result[key.Text] = scalar.IsNull ? "" : scalar.Text;
            }
        }

        return result;
    }

    /// <summary>A condition; null when there is none.</summary>
    /// <param name="map">The mapping that has it.</param>
    /// <param name="textType">The type of a bare text without <c>{{</c>.</param>
    /// <param name="spellings">The key.</param>
    public static ConditionDefinition? Condition(this SourceMap map, string textType, params ReadOnlySpan<string> spellings)
    {
        switch (map.Value(spellings))
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
