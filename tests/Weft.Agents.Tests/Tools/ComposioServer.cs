using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Weft.Agents.Tests.Tools;

/// <summary>One request as the server got it.</summary>
internal sealed record Asked(string Method, string Path, string Query, JsonNode? Body, IReadOnlyDictionary<string, string> Headers);

/// <summary>
/// An HTTP server on the loopback that speaks as much of Composio as a test says, and drops or holds what a test wants dropped or held.
/// </summary>
internal sealed class ComposioServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ComposioServer(WebApplication app) => _app = app;

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public List<JsonObject> Tools { get; } = [.. DefaultTools()];

    public List<JsonObject> Accounts { get; } = [Account("ca_1", "shopify", "cust-1"), Account("ca_2", "gmail", "cust-1")];

    /// <summary>Gets or sets what an execution answers; it may write the response itself and answer null.</summary>
    public Func<string, Asked, HttpContext, Task<JsonNode?>> OnExecute { get; set; } = (slug, asked, _) =>
        Task.FromResult<JsonNode?>(Answer(new JsonObject { ["slug"] = slug, ["arguments"] = asked.Body!["arguments"]?.DeepClone() }));

    /// <summary>Gets or sets a look at every request before it is served; true: it is answered.</summary>
    public Func<Asked, HttpContext, Task<bool>> Before { get; set; } = (_, _) => Task.FromResult(false);

    public string? ETag { get; set; }

    public string BaseUrl =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/api/v3.1";

    public IReadOnlyList<Asked> Executions => [.. Requests.Where(r => r.Path.Contains("/tools/execute/", StringComparison.Ordinal))];

    public static async Task<ComposioServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new ComposioServer(app);
        app.Run(server.ServeAsync);
        await app.StartAsync();
        return server;
    }

    public static JsonObject Answer(JsonNode? data) =>
        new() { ["data"] = data, ["error"] = null, ["successful"] = true, ["log_id"] = "log_1" };

    public static JsonObject Refusal(string error) =>
        new() { ["data"] = new JsonObject(), ["error"] = error, ["successful"] = false, ["log_id"] = "log_9" };

    public static JsonObject Account(string id, string toolkit, string user, string status = "ACTIVE") => new()
    {
        ["id"] = id,
        ["toolkit"] = new JsonObject { ["slug"] = toolkit },
        ["auth_config"] = new JsonObject { ["id"] = "ac_" + toolkit, ["is_disabled"] = false },
        ["user_id"] = user,
        ["status"] = status,
        ["is_disabled"] = false,
        ["updated_at"] = "2026-11-01T00:00:00Z",
    };

    public static JsonObject Tool(string slug, string toolkit, string name, string tags, string properties, params string[] required) =>
        new()
    {
        ["slug"] = slug,
        ["name"] = name,
        ["description"] = $"{name} of {toolkit}.",
        ["toolkit"] = new JsonObject { ["slug"] = toolkit, ["name"] = toolkit },
        ["input_parameters"] = new JsonObject
        {
            ["type"] = "object",
            ["title"] = "Request",
            ["properties"] = JsonNode.Parse(properties),
            ["required"] = new JsonArray([.. required.Select(r => JsonValue.Create(r))]),
        },
        ["no_auth"] = false,
        ["version"] = "20260916_00",
        ["tags"] = new JsonArray([.. tags.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => JsonValue.Create(t))]),
        ["is_deprecated"] = false,
    };

    public static async Task DropAsync(HttpContext context)
    {
        context.Abort();
        await Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static IEnumerable<JsonObject> DefaultTools() =>
    [
        Tool("SHOPIFY_GET_ORDER", "shopify", "Get order", "readOnlyHint",
            """{"order_id":{"type":"string","description":"Numeric id"},"fields":{"type":"string"}}""", "order_id"),
        Tool("SHOPIFY_GET_TRACKING_INFO", "shopify", "Get tracking info", "readOnlyHint", """{"order_id":{"type":"string"}}""", "order_id"),
        Tool("SHOPIFY_CREATE_RETURN", "shopify", "Create return", "destructiveHint",
            """{"order_id":{"type":"string"},"quantity":{"type":"integer","minimum":1}}""", "order_id"),
        Tool("SHOPIFY_UPDATE_ORDER", "shopify", "Update order", "idempotentHint",
            """{"order_id":{"type":"string"},"note":{"type":"string"}}""", "order_id"),
        Tool("GMAIL_SEND_EMAIL", "gmail", "Send email", "openWorldHint,important",
            """{"recipient_email":{"type":"string"},"subject":{"type":"string"},"body":{"type":"string"}}"""),
        Tool("GITHUB_CREATE_AN_ISSUE", "github", "Create an issue", "", """{"title":{"type":"string"}}""", "title"),
    ];

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        var path = context.Request.Path.Value!.Replace("/api/v3.1", "", StringComparison.Ordinal);
        var asked = new Asked(
            context.Request.Method, path, context.Request.QueryString.Value ?? "", text.Length == 0 ? null : JsonNode.Parse(text),
            context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()));
        Requests.Enqueue(asked);
        if (await Before(asked, context))
        {
            return;
        }

        var query = context.Request.Query;
        switch (path)
        {
            case "/tools":
                await ListToolsAsync(context, query["toolkit_slug"].ToString(), int.Parse(query["limit"]!), query["cursor"].ToString());
                break;
            case "/connected_accounts" when asked.Method == "GET":
                await WriteAsync(context,
                    Page(Accounts.Where(
                        a => query["user_ids"].ToString() is var user && (user.Length == 0 || (string?)a["user_id"] == user))));
                break;
            case var execute when execute.StartsWith("/tools/execute/", StringComparison.Ordinal):
                if (await OnExecute(execute["/tools/execute/".Length..], asked, context) is { } answer)
                {
                    await WriteAsync(context, answer);
                }

                break;
            default:
                context.Response.StatusCode = 404;
                await WriteAsync(context, JsonNode.Parse("""{"error":{"message":"not found","code":404,"status":404}}"""));
                break;
        }
    }

    private async Task ListToolsAsync(HttpContext context, string toolkit, int limit, string cursor)
    {
        if (ETag is not null)
        {
            context.Response.Headers.ETag = ETag;
            if (context.Request.Headers.IfNoneMatch == ETag)
            {
                context.Response.StatusCode = 304;
                return;
            }
        }

        var from = cursor.Length == 0 ? 0 : int.Parse(cursor);
        var all = Tools.Where(t => (string?)t["toolkit"]!["slug"] == toolkit).ToList();
        var page = Page(all.Skip(from).Take(limit));
        page["next_cursor"] = from + limit < all.Count ? (from + limit).ToString() : null;
        await WriteAsync(context, page);
    }

    private static JsonObject Page(IEnumerable<JsonObject> items) =>
        new() { ["items"] = new JsonArray([.. items.Select(i => i.DeepClone())]), ["next_cursor"] = null };

    private static Task WriteAsync(HttpContext context, JsonNode? body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body?.ToJsonString() ?? "", context.RequestAborted);
    }
}
