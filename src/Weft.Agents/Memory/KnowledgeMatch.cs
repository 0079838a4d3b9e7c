using System.Text.Json.Nodes;

namespace Weft.Agents.Memory;

/// <summary>A piece of a document that fits a query.</summary>
/// <param name="Id">The document's id.</param>
/// <param name="Content">The piece of its text.</param>
/// <param name="Score">How well it fits, 0 to 1: 1 is the best answer of this search.</param>
public sealed record KnowledgeMatch(string Id, string Content, double Score)
{
    /// <summary>Gets what was stored beside the document; null: nothing.</summary>
    public JsonObject? Metadata { get; init; }
}
