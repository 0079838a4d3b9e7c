using System.Text.Json.Nodes;

namespace Weft.Language.Source;

/// <summary>Turns nodes into JSON, and JSON made from nodes back into nodes.</summary>
internal static class SourceJson
{
    /// <summary>
    /// The JSON of a node. Numbers keep every digit; infinity and not-a-number become null, and the shape check has told.
    /// </summary>
    public static JsonNode? ToJson(this SourceNode? node)
    {
        switch (node)
        {
            case SourceScalar scalar:
                return ToJson(scalar);
            case SourceList list:
                var array = new JsonArray();
                foreach (var item in list.Items)
                {
                    array.Add(item.ToJson());
                }

                return array;
            case SourceMap map:
                return map.ToJsonObject();
            default:
                return null;
        }
    }

    public static JsonObject ToJsonObject(this SourceMap map)
    {
        var result = new JsonObject();
        foreach (var entry in map.Entries)
        {
            result[entry.Name] = entry.Value.ToJson();
        }

        return result;
    }

    /// <summary>Nodes for a JSON value that was made at load, all at one place.</summary>
    public static SourceNode FromJson(JsonNode? value, SourceNode at) => value switch
    {
        JsonObject o =>
            new SourceMap(at.File, at.Line, at.Column, [.. o.Select(p => new SourceEntry(Text(p.Key, at), FromJson(p.Value, at)))]),
        JsonArray a => new SourceList(at.File, at.Line, at.Column, [.. a.Select(i => FromJson(i, at))]),
        null => new SourceScalar(at.File, at.Line, at.Column, "null", ScalarKind.Null, ScalarForm.Plain, -1),
        _ => value.GetValueKind() switch
        {
            System.Text.Json.JsonValueKind.String => Text(value.GetValue<string>(), at),
            System.Text.Json.JsonValueKind.Number => Raw(value.ToJsonString(), CoreSchema.KindOf(value.ToJsonString()), at),
            _ => Raw(value.ToJsonString(), ScalarKind.Bool, at),
        },
    };

    public static SourceScalar Text(string text, SourceNode at) => Raw(text, ScalarKind.Text, at);

    private static SourceScalar Raw(string text, ScalarKind kind, SourceNode at) =>
        new(at.File, at.Line, at.Column, text, kind, ScalarForm.Plain, -1);

    private static JsonNode? ToJson(SourceScalar scalar) => scalar.ScalarKind switch
    {
        ScalarKind.Null => null,
        ScalarKind.Bool => JsonValue.Create(scalar.Text[0] is 't' or 'T'),
        ScalarKind.Integer or ScalarKind.Float => CoreSchema.Number(scalar.Text),
        _ => JsonValue.Create(scalar.Text),
    };
}
