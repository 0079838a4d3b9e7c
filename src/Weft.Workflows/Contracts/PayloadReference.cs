using System.Text.Json.Nodes;

namespace Weft.Workflows.Contracts;

/// <summary>A value too large for a history: it lies in the context store, and this stands in for it.</summary>
/// <remarks>Only activities make and fetch them. In JSON: <c>{"$payload": "sha256:…", "bytes": n, "preview": "…"}</c>.</remarks>
public static class PayloadReference
{
    /// <summary>The largest value, in bytes of UTF-8 JSON, that travels in a history.</summary>
    public const int InlineLimit = 16 * 1024;

    /// <summary>The property that marks a reference.</summary>
    public const string Marker = "$payload";

    /// <summary>Makes the stand-in.</summary>
    /// <param name="hash">The content address: <c>sha256:</c> and 64 hexadecimal digits.</param>
    /// <param name="bytes">The size of the value as JSON.</param>
    /// <param name="preview">The first 200 characters, for people.</param>
    public static JsonObject Create(string hash, long bytes, string preview) =>
        new() { [Marker] = hash, ["bytes"] = bytes, ["preview"] = preview };

    /// <summary>The content address, when the node is a stand-in.</summary>
    public static string? HashOf(JsonNode? node) =>
        node is JsonObject { Count: 3 } o && o.TryGetPropertyValue(Marker, out var hash) && hash is JsonValue value
        && value.TryGetValue<string>(out var text) && text.StartsWith("sha256:", StringComparison.Ordinal) ? text : null;

    /// <summary>Whether a stand-in lies anywhere in the value.</summary>
    public static bool IsIn(JsonNode? node) => node switch
    {
        JsonObject o => HashOf(o) is not null || o.Any(p => IsIn(p.Value)),
        JsonArray a => a.Any(IsIn),
        _ => false,
    };
}
