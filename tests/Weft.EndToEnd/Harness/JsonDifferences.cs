using System.Text.Json.Nodes;

namespace Weft.EndToEnd.Harness;

/// <summary>Compares JSON field by field: what was there must be there as it was, and more may have come.</summary>
internal static class JsonDifferences
{
    /// <summary>Lists what differs, each by its path; a field whose name is left out is not looked at.</summary>
    public static IReadOnlyList<string> Between(JsonNode? then, JsonNode? now, params string[] leftOut)
    {
        List<string> found = [];
        Compare(then, now, "$", leftOut, found);
        return found;
    }

    private static void Compare(JsonNode? then, JsonNode? now, string path, string[] leftOut, List<string> found)
    {
        switch (then, now)
        {
            case (JsonObject before, JsonObject after):
                foreach (var (name, value) in before.Where(f => !leftOut.Contains(f.Key)))
                {
                    if (after.TryGetPropertyValue(name, out var there))
                    {
                        Compare(value, there, $"{path}.{name}", leftOut, found);
                    }
                    else
                    {
                        found.Add($"{path}.{name} is gone; it was {value?.ToJsonString() ?? "null"}");
                    }
                }

                break;
            case (JsonArray before, JsonArray after) when before.Count == after.Count:
                for (var i = 0; i < before.Count; i++)
                {
                    Compare(before[i], after[i], $"{path}[{i}]", leftOut, found);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(then, now))
                {
                    found.Add($"{path} was {then?.ToJsonString() ?? "null"} and is {now?.ToJsonString() ?? "null"}");
                }

                break;
        }
    }
}
