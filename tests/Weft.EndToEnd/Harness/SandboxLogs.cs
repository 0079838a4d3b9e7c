using System.Text.Json.Nodes;
using Weft.Sandbox.Wire;

namespace Weft.EndToEnd.Harness;

/// <summary>Reads what a sandbox was asked.</summary>
internal static class SandboxLogs
{
    /// <summary>The number of the newest exchange: what comes after it is the test's own.</summary>
    public static long Last(this SandboxLog log) => log.Entries is { Count: > 0 } entries ? entries[^1].Seq : 0;

    public static IReadOnlyList<LogEntry> ToolCalls(this IEnumerable<LogEntry> entries) =>
        [.. entries.Where(e => e.Tool is not null && e.Method == "POST")];

    public static IReadOnlyList<LogEntry> ModelCalls(this IEnumerable<LogEntry> entries) => [.. entries.Where(e => e.Model is not null)];

    public static string? User(this LogEntry entry) => (string?)entry.Request?["user_id"];

    public static JsonObject Arguments(this LogEntry entry) =>
        entry.Request!["arguments"]!.AsObject(); // Every tool call is logged with its arguments.
}
