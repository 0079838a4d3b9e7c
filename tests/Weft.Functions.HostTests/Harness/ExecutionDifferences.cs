using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Weft.EndToEnd.Harness;
using Weft.Language;

namespace Weft.Functions.HostTests.Harness;

/// <summary>Compares two documents of the same run, but for times and ids.</summary>
internal static partial class ExecutionDifferences
{
    /// <summary>Asserts that neither has what the other has not, or has otherwise.</summary>
    public static void AssertNone(JsonNode expected, JsonNode actual)
    {
        var (one, other) = (WithoutTimesAndIds(expected), WithoutTimesAndIds(actual));
        string[] found =
        [
            .. JsonDifferences.Between(one, other, "duration_ms"),
            .. JsonDifferences.Between(other, one, "duration_ms").Where(d => d.Contains(" is gone; ", StringComparison.Ordinal))
                .Select(d => $"Added: {d}"),
        ];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    private static JsonNode WithoutTimesAndIds(JsonNode document) =>
        // The document is no null.
        JsonNode.Parse(Id().Replace(Time().Replace(document.ToJsonString(WeftJson.Options), "a time"), "an id"))!;

    // A preview of a value may end in the middle of one.
    [GeneratedRegex(@"20\d\d-\d\d-\d\dT[\d:.]*Z?", RegexOptions.None, 1000)]
    private static partial Regex Time();

    [GeneratedRegex(@"\b([0-9a-f]{32}|01[0-9a-z]{24})\b", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
