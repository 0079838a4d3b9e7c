using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;

namespace Weft.Functions.HostTests.Harness;

/// <summary>Compares two documents of the same run, but for times and ids.</summary>
internal static class ExecutionDifferences
{
    private static readonly string[] TimesAndIds = ["execution_id", "started_at", "completed_at", "duration_ms", "timestamp"];

    /// <summary>Lists what one has and the other has not, or has otherwise.</summary>
    public static IReadOnlyList<string> Between(JsonNode one, JsonNode other) =>
        [.. JsonDifferences.Between(one, other, TimesAndIds), .. JsonDifferences.Between(other, one, TimesAndIds).Select(d => "reverse: " + d)];
}
