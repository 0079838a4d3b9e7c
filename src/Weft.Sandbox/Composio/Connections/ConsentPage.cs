using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Weft.Sandbox.Composio.Connections;

/// <summary>The page on which a user would consent: two buttons, and the redirect that follows. <c>?decision=approve|refuse</c> skips the buttons.</summary>
internal static class ConsentPage
{
    public static void Map(IEndpointRouteBuilder endpoints, ConnectionsApi connections)
    {
        endpoints.MapGet("/composio/link/{token}", http => ShowAsync(http, connections));
        endpoints.MapPost("/composio/link/{token}", http => DecideAsync(http, connections, http.Request.HasFormContentType ? http.Request.Form["decision"].ToString() : http.Request.Query["decision"].ToString()));
    }

    private static Task ShowAsync(HttpContext http, ConnectionsApi connections)
    {
        if (http.Request.Query["decision"].ToString() is { Length: > 0 } decision)
        {
            return DecideAsync(http, connections, decision);
        }

        return connections.Waiting(Token(http)) is { } account
            ? WriteAsync(http, 200, $"""
                <h1>Connect {WebUtility.HtmlEncode(account.Toolkit)}</h1>
                <p>A simulated app asks to act for <b>{WebUtility.HtmlEncode(account.UserId)}</b>.</p>
                <form method="post"><button name="decision" value="approve">Approve</button> <button name="decision" value="refuse">Refuse</button></form>
                """)
            : WriteAsync(http, 404, "<h1>This link is unknown, used or too old</h1><p>Links are good for ten minutes. Ask for a new one.</p>");
    }

    private static Task DecideAsync(HttpContext http, ConnectionsApi connections, string decision)
    {
        var approved = decision == "approve";
        if (connections.Decide(Token(http), approved) is not { } account)
        {
            return WriteAsync(http, 404, "<h1>This link is unknown, used or too old</h1><p>Links are good for ten minutes. Ask for a new one.</p>");
        }

        if (account.CallbackUrl is not { } callback)
        {
            return WriteAsync(http, 200, $"<h1>{(approved ? "Connected" : "Refused")}</h1><p>You can close this page.</p>");
        }

        http.Response.Redirect(QueryHelpers.AddQueryString(callback, new Dictionary<string, string?>
        {
            ["status"] = approved ? "success" : "failed",
            ["connected_account_id"] = account.Id,
        }));
        return Task.CompletedTask;
    }

    private static string Token(HttpContext http) => http.GetRouteValue("token") as string ?? string.Empty;

    private static Task WriteAsync(HttpContext http, int status, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync($"<!doctype html><html><head><title>Sandbox</title></head><body>{body}</body></html>", http.RequestAborted);
    }
}
