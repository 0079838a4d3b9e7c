using System.Text.Json.Nodes;

namespace Weft.Agents.Memory;

/// <summary>A document that is put into a collection.</summary>
/// <param name="Id">Its id within the collection; putting it again replaces it.</param>
/// <param name="Content">The text, up to 1 million characters.</param>
public sealed record KnowledgeDocument(string Id, string Content)
{
    /// <summary>Gets facts to filter by and to show: up to 8 KiB of JSON.</summary>
    public JsonObject? Metadata { get; init; }
}
