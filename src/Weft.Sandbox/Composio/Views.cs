using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>The forms in which the API shows what it has: documents of <c>views.json</c>, filled with the members of a row.</summary>
internal static class Views
{
    private static readonly Lazy<JsonObject> Forms = new(() => Embedded.Read<JsonObject>("world/views"));

    /// <param name="form">The name of the form.</param>
    /// <param name="row">What it is filled with. <c>uuid</c> is one that follows from its id or slug.</param>
    /// <param name="more">What the row does not say itself.</param>
    public static JsonObject Of(string form, JsonObject row, JsonObject? more = null)
    {
        JsonNode? Uuid() => Digest.Uuid(row.Str("id") ?? row.Str("slug") ?? string.Empty).ToString();
        var wording = new Wording(name => more.At(name) ?? (name == "uuid" ? Uuid() : row.At(name)));
        return wording.Fill(Forms.Value[form]) as JsonObject ?? [];
    }
}
