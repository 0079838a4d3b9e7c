using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weft.Agents.Memory;
using Weft.Agents.Records;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Api.Security;
using Weft.Workflows.Orchestration;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Api.Memory;

/// <summary>The body of <c>POST /knowledge/{collection}/search</c>.</summary>
/// <param name="Query">The question, in any words.</param>
/// <param name="TopK">The most matches, 1 to 100.</param>
/// <param name="Filters">Metadata that a document must have.</param>
public sealed record SearchRequest(string Query, int? TopK, JsonObject? Filters)
{
    internal static SearchRequest Read(RequestBody body)
    {
        var request = new SearchRequest(body.Text("query", required: true, longest: 10_000) ?? "", body.Integer("top_k", 1, 100), body.Object("filters"));
        body.Check();
        return request;
    }
}
