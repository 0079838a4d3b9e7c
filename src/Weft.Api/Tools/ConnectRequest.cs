using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Api.Requests;

namespace Weft.Api.Tools;

/// <summary>What <c>POST /composio/connect/{app}</c> takes, in the query or the body.</summary>
/// <param name="EntityId">Whose account it will be.</param>
/// <param name="RedirectUrl">Where the browser goes afterwards; absent: a page of this server.</param>
/// <param name="ConnectionData">What the app asks for besides, such as a shop's subdomain.</param>
internal sealed record ConnectRequest(string EntityId, string? RedirectUrl, JsonObject? ConnectionData)
{
    internal static ConnectRequest Read(RequestBody body, IQueryCollection query)
    {
        var entity = body.Text("entity_id", longest: 250) ?? query.Text("entity_id", 250);
        var request =
            new ConnectRequest(entity ?? "", body.Text("redirect_url") ?? query.Text("redirect_url"), body.Object("connection_data"));
        if (request.EntityId.Length == 0)
        {
            body.Fault("$.entity_id", "is missing: it says whose account is connected");
        }

        body.Check();
        return request;
    }
}
