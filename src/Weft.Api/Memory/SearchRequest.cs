using System.Text.Json.Nodes;
using Weft.Api.Requests;

namespace Weft.Api.Memory;

/// <summary>The body of <c>POST /knowledge/{collection}/search</c>.</summary>
/// <param name="Query">The question, in any words.</param>
/// <param name="TopK">The most matches, 1 to 100.</param>
/// <param name="Filters">Metadata that a document must have.</param>
internal sealed record SearchRequest(string Query, int? TopK, JsonObject? Filters)
{
    internal static SearchRequest Read(RequestBody body)
    {
        var request = new SearchRequest(
            body.Text("query", required: true, longest: 10_000) ?? "", body.Integer("top_k", 1, 100), body.Object("filters"));
        body.Check();
        return request;
    }
}
