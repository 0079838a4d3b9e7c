using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Sandbox.Json;

/// <summary>Finds the JSON documents that a text quotes.</summary>
internal static class JsonFragments
{
    /// <summary>A text full of brackets that begin no document is not searched to its end.</summary>
    private const int MaxFailures = 500;

    /// <summary>Cuts a text at its outermost objects and arrays: each with the text before it, and at last the text behind them, without
    /// one.</summary>
    public static IReadOnlyList<(string Before, JsonNode? Node)> Split(string text)
    {
        var parts = new List<(string, JsonNode?)>();
        var bytes = Encoding.UTF8.GetBytes(text);
        var (from, failures) = (0, 0);
        for (var at = 0; at < bytes.Length && failures < MaxFailures; at++)
        {
            if (bytes[at] is not ((byte)'{' or (byte)'['))
            {
                continue;
            }

            var reader = new Utf8JsonReader(bytes.AsSpan(at), new JsonReaderOptions { MaxDepth = JsonReading.MaxDepth });
            try
            {
                parts.Add((Encoding.UTF8.GetString(bytes, from, at - from), JsonNode.Parse(ref reader)));
                from = at + (int)reader.BytesConsumed;
                at = from - 1;
            }
            catch (JsonException)
            {
                failures++;
            }
        }

        parts.Add((Encoding.UTF8.GetString(bytes.AsSpan(from)), null));
        return parts;
    }

    public static IEnumerable<JsonNode> In(string text) => Split(text).Select(part => part.Node).OfType<JsonNode>();

    /// <summary>A text without the documents in it.</summary>
    public static string Without(string text) => string.Concat(Split(text).Select(part => part.Before));
}
