using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Brain;

/// <summary>Finds the JSON documents that a prompt quotes.</summary>
internal static class JsonFragments
{
    private const int MaxFragments = 200;

    /// <summary>A text full of brackets that never close is not searched to its end.</summary>
    private const int MaxFailures = 500;

    /// <summary>The outermost objects and arrays in a text, in order.</summary>
    public static IEnumerable<JsonFragment> In(string text)
    {
        var found = 0;
        var failed = 0;
        for (var at = 0; at < text.Length && found < MaxFragments && failed < MaxFailures; at++)
        {
            if (text[at] is not ('{' or '['))
            {
                continue;
            }

            if (End(text, at) is not { } end || !JsonReading.TryParse(text[at..end], out var node) || node is not (JsonObject or JsonArray))
            {
                failed++;
                continue;
            }

            found++;
            yield return new JsonFragment(node, LineTo(text, at), LineTo(text, text.LastIndexOf('\n', at)));
            at = end - 1;
        }
    }

    /// <summary>The text of a line up to a place in it.</summary>
    private static string LineTo(string text, int end)
    {
        if (end <= 0)
        {
            return string.Empty;
        }

        var start = text.LastIndexOf('\n', end - 1) + 1;
        return text[start..end].Trim();
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

/// <param name="Node">The document.</param>
/// <param name="Lead">What stands before it on its line.</param>
/// <param name="Above">The line above.</param>
internal sealed record JsonFragment(JsonNode Node, string Lead, string Above);
