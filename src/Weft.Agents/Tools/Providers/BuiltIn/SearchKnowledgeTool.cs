using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Agents.Memory;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.BuiltIn;

/// <summary>Searches a collection of the knowledge base.</summary>
internal sealed class SearchKnowledgeTool(KnowledgeBase knowledge) : BuiltInTool(
    "weft.search_knowledge",
    "Searches the knowledge base for passages that answer a question.",
    """
    {"type":"object","required":["query"],"properties":{
      "query":{"type":"string","minLength":1,"description":"The question or its key words"},
      "collection":{"type":"string","description":"The collection to search; default knowledge_base"},
      "top_k":{"type":"integer","minimum":1,"maximum":20,"description":"How many passages; default 5"}}}
    """)
{
    protected override async Task<JsonNode?> AnswerAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        var matches = await knowledge.SearchAsync(
            attempt.Arguments.Text("collection") ?? "knowledge_base", attempt.Arguments.Text("query") ?? "",
            attempt.Arguments.Number("top_k"), null, cancellationToken);
        var documents = matches.Select(
            m => (JsonNode)new JsonObject { ["id"] = m.Id, ["content"] = m.Content, ["score"] = m.Score,
                ["metadata"] = m.Metadata?.DeepClone() });
        return new JsonObject { ["documents"] = new JsonArray([.. documents]), ["count"] = matches.Count };
    }
}
