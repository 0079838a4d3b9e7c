using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Weft.Agents.Json;
using Weft.Agents.Tools;
using Weft.Agents.Tools.Providers.Composio;
using Weft.Agents.Tools.Providers.Composio.Connections;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Api.Security;
using Weft.Language.Loading;

namespace Weft.Api.Tools;

/// <summary>Composio: discovery, connections, direct calls.</summary>
internal static class ComposioEndpoints
{
    public static void MapComposio(this IEndpointRouteBuilder api)
    {
        var composio = api.MapGroup("/composio").WithTags("Tools");
        composio.MapGet("/apps", AppsAsync).WithSummary("Lists the apps; by category, connected_only, entity_id.");
        composio.MapGet("/apps/{app}/actions", ActionsAsync).WithSummary("Lists the actions of an app.");
        composio.MapGet("/actions/search", SearchAsync).WithSummary("Finds actions by what they do.");
        composio.MapPost("/connect/{app}", ConnectAsync)
            .WithSummary("Starts to connect an entity to an app; answers where its user consents.")
            .Takes<ConnectRequest>().WithMetadata(new NeedsScope(Scopes.Manage));
        composio.MapGet("/callback", CallbackAsync)
            .WithSummary("Where a browser comes back to after consent.").Produces<string>(StatusCodes.Status200OK, "text/html")
            .WithMetadata(new OpenToAll());
        composio.MapGet("/connections", ConnectionsAsync).WithSummary("Lists an entity's connections.");
        composio.MapDelete("/connections/{id}", DisconnectAsync).WithSummary("Takes a connection back.");
        composio.MapPost("/connections/{id}/refresh", RefreshAsync)
            .WithSummary("Asks how a connection is.").WithMetadata(new NeedsScope(Scopes.Manage));
        composio.MapPost("/actions/{app}/{action}/execute", ExecuteAsync).WithSummary("Calls an action.").Takes<ExecuteActionRequest>();
        composio.MapPost("/batch", BatchAsync).WithSummary("Calls several actions.").Takes<BatchRequest>();
    }

    private static async Task<Ok<ItemsAnswer<AppView>>> AppsAsync(
        HttpContext context, ToolDirectory directory, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        return Answers.Items(
            await directory.ListAppsAsync(
                query.Text("category"), query.Flag("connected_only"), query.Text("entity_id"), cancellationToken));
    }

    private static async Task<Ok<ItemsAnswer<ActionView>>> ActionsAsync(
        string app, ToolDirectory directory, CancellationToken cancellationToken) =>
        Answers.Items(await directory.ListActionsAsync(app, cancellationToken));

    private static async Task<Ok<ItemsAnswer<ActionView>>> SearchAsync(
        HttpContext context, ToolDirectory directory, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        return Answers.Items(await directory.SearchAsync(query.Require("query"), query.Integer("limit", 10, 1, 100), cancellationToken));
    }

    private static async Task<Ok<ConnectAnswer>> ConnectAsync(
        string app, HttpContext context, ComposioConnections connections, CancellationToken cancellationToken)
    {
        var request = ConnectRequest.Read(await RequestBody.ReadAsync(context), context.Request.Query);
        var back = request.RedirectUrl
            ?? UriHelper.BuildAbsolute(context.Request.Scheme, context.Request.Host, path: Answers.Link(context, "/composio/callback"));
        var started = await connections.ConnectAsync(app, request.EntityId, back, request.ConnectionData, cancellationToken);
        return TypedResults.Ok(new ConnectAnswer(started.AuthorizationUrl, started.ConnectionId, started.ExpiresAt));
    }

    // A browser stands here, and it has no key: what it brings is only a hint, and Composio is asked what is true.
    private static async Task<IResult> CallbackAsync(
        HttpContext context, ComposioConnections connections, CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        var id = query.Text("connected_account_id", 200) ?? query.Text("connectedAccountId", 200) ?? query.Text("connection_id", 200)
            ?? throw ApiException.BadParameter("connected_account_id", "is missing. Start again with POST /composio/connect/{app}.");
        var connection = await connections.CompleteAsync(id, cancellationToken);
        if (context.Request.Headers.Accept.ToString().Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.Ok(connection);
        }

        var app = WebUtility.HtmlEncode(connection.AppName);
        var text = connection.Status switch
        {
            ConnectionStatus.Connected => $"{app} is connected. You can close this page.",
            ConnectionStatus.Pending => $"{app} is still being connected. You can close this page, and look again in a minute.",
            _ => $"{app} could not be connected. Close this page and try again.",
        };
        return Results.Content(
            $"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{app}</title><body style=\"font-family: sans-serif; "
            + $"margin: 3rem\"><p>{text}</p></body></html>", "text/html; charset=utf-8");
    }

    private static async Task<Ok<ItemsAnswer<Connection>>> ConnectionsAsync(
        HttpContext context, ComposioConnections connections, CancellationToken cancellationToken) =>
        Answers.Items(await connections.ListAsync(context.Request.Query.Require("entity_id"), cancellationToken));

    private static async Task<Ok<Connection>> DisconnectAsync(
        string id, ComposioConnections connections, CancellationToken cancellationToken) =>
        TypedResults.Ok(await connections.DeleteAsync(id, cancellationToken));

    private static async Task<Ok<Connection>> RefreshAsync(
        string id, ComposioConnections connections, CancellationToken cancellationToken) =>
        TypedResults.Ok(await connections.RefreshAsync(id, cancellationToken));

    private static async Task<Ok<DirectResult>> ExecuteAsync(
        string app, string action, HttpContext context, DirectToolCalls calls, CancellationToken cancellationToken)
    {
        var request = ExecuteActionRequest.Read(await RequestBody.ReadAsync(context));
        var result = await calls.ExecuteAsync(
            new DirectCall
            {
                Tool = $"{app}.{action}",
                Params = request.Params,
                EntityId = request.EntityId ?? context.Request.Query.Text("entity_id"),
                Timeout = request.TimeoutMs is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null,
                IdempotencyKey = context.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null,
            },
            cancellationToken);
        return result.Error is { } failure && ToolProblems.Of(failure) is { } problem ? throw problem : TypedResults.Ok(result);
    }

    private static async Task<Ok<BatchOutcome>> BatchAsync(HttpContext context, DirectToolCalls calls, CancellationToken cancellationToken)
    {
        var batch = BatchReading.Read(await RequestBody.ReadAsync(context));
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        return TypedResults.Ok(await calls.ExecuteAsync(batch with { IdempotencyKey = key.Length > 0 ? key : null }, cancellationToken));
    }
}
