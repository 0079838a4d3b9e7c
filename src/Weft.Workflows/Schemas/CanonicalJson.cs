using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Workflows.Schemas;

/// <summary>One text for each value: members in ordinal order, numbers in their shortest form. Equal values, equal texts.</summary>
internal static class CanonicalJson
{
    public static string Of(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                text.Append('{');
                foreach (var (name, value) in members.OrderBy(x => x.Key, StringComparer.Ordinal))
                {
                    text.Append(text[^1] == '{' ? "" : ",").Append(JsonSerializer.Serialize(name, WeftJson.Options)).Append(':');
                    Write(value, text);
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(items[i], text);
                }

                text.Append(']');
                break;
            default:
                var json = node.ToJsonString(WeftJson.Options);
                text.Append(node.GetValueKind() == JsonValueKind.Number
                    && double.TryParse(json, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 9007199254740992
                    ? number.ToString("R", CultureInfo.InvariantCulture) : json);
                break;
        }
    }
}
