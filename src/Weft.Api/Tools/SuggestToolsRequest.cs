using Weft.Api.Requests;

namespace Weft.Api.Tools;

/// <summary>The body of <c>POST /tools/suggest</c>.</summary>
internal sealed record SuggestToolsRequest(string Query, string? UserId, int? Limit)
{
    internal static SuggestToolsRequest Read(RequestBody body)
    {
        var request = new SuggestToolsRequest(
            body.Text("query") ?? body.Text("user_query") ?? "", body.Text("user_id", longest: 250), body.Integer("limit", 1, 50));
        if (request.Query.Length == 0)
        {
            body.Fault("$.query", "is missing");
        }

        body.Check();
        return request;
    }
}
