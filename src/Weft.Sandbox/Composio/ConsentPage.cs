using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Composio;

/// <summary>The page on which a user would consent: two buttons, and the redirect that follows. <c>?decision=approve|refuse</c> skips the
/// buttons.</summary>
internal static class ConsentPage
{
    private const string Gone = "<h1>This link is unknown, used or too old</h1><p>Links are good for ten minutes. Ask for a new one.</p>";

    public static void Map(IEndpointRouteBuilder endpoints, ConnectionsApi connections)
    {
        endpoints.MapMethods("/composio/link/{token}", ["GET", "POST"], http =>
        {
            var token = http.GetRouteValue("token") as string ?? string.Empty;
            var decision = (http.Request.HasFormContentType ? http.Request.Form["decision"] : http.Request.Query["decision"]).ToString();
            return decision.Length > 0 || HttpMethods.IsPost(http.Request.Method)
                ? DecideAsync(http, connections.Decide(token, decision == "approve"), decision == "approve")
                : AskAsync(http, connections.Waiting(token));
        });
    }

    private static Task AskAsync(HttpContext http, JsonObject? account) => account is null ? WriteAsync(http, 404, Gone) : WriteAsync(
        http, 200,
        $"""
        <h1>Connect {WebUtility.HtmlEncode(account.Str("toolkit"))}</h1>
        <p>A simulated app asks to act for <b>{WebUtility.HtmlEncode(account.Str("user_id"))}</b>.</p>
        <form method="post">
        <button name="decision" value="approve">Approve</button> <button name="decision" value="refuse">Refuse</button>
        </form>
        """);

    private static Task DecideAsync(HttpContext http, JsonObject? account, bool approved)
    {
        if (account.Str("callback_url") is not { } callback)
        {
            var end = $"<h1>{(approved ? "Connected" : "Refused")}</h1><p>You can close this page.</p>";
            return account is null ? WriteAsync(http, 404, Gone) : WriteAsync(http, 200, end);
        }

        http.Response.Redirect(QueryHelpers.AddQueryString(callback, new Dictionary<string, string?>
        {
            ["status"] = approved ? "success" : "failed",
            ["connected_account_id"] = account.Str("id"),
        }));
        return Task.CompletedTask;
    }

    private static Task WriteAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        var page = $"<!doctype html><html><head><title>Sandbox</title></head><body>{body}</body></html>";
        return http.Response.WriteAsync(page, http.RequestAborted);
    }
}
