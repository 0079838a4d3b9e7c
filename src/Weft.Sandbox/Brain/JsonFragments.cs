using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>Finds the JSON documents that a prompt quotes.</summary>
internal static class JsonFragments
{
    private const int MaxFragments = 200;

    /// <summary>The outermost objects and arrays in a text, in order, each with the text that leads to it on its line.</summary>
    public static IEnumerable<(JsonNode Node, string Lead)> In(string text)
    {
        var found = 0;
        for (var at = 0; at < text.Length && found < MaxFragments; at++)
        {
            if (text[at] is not ('{' or '[') || End(text, at) is not { } end || !JsonReading.TryParse(text[at..end], out var node) || node is not (JsonObject or JsonArray))
            {
                continue;
            }

            found++;
            var line = text.LastIndexOf('\n', at == 0 ? 0 : at - 1) + 1;
            yield return (node, text[Math.Min(line, at)..at].Trim());
            at = end - 1;
        }
    }

    /// <summary>The end of the bracket that opens at <paramref name="start"/>, exclusive; null when it never closes.</summary>
    private static int? End(string text, int start)
    {
        var depth = 0;
        var quoted = false;
        for (var at = start; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when quoted:
                    at++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '{' or '[' when !quoted:
                    depth++;
                    break;
                case '}' or ']' when !quoted:
                    if (--depth == 0)
                    {
                        return at + 1;
                    }

                    break;
            }
        }

        return null;
    }
}
