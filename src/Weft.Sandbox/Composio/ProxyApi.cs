using System.Text.Json.Nodes;
using Weft.Sandbox.Composio.Connections;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Calls of an app's own API through a connection. The shop's orders can be read; anything else is answered 404 by the app.</summary>
internal sealed class ProxyApi(SandboxWorld world, ComposioDialect dialect, ConnectionsApi connections)
{
    public WireResponse Execute(Exchange exchange)
    {
        var endpoint = exchange.Body.Str("endpoint") ?? string.Empty;
        var method = exchange.Body.Str("method") ?? "GET";
        exchange.Request = new JsonObject { ["method"] = method, ["endpoint"] = endpoint };
        if (exchange.Body.Str("connected_account_id") is null)
        {
            return dialect.Error(new WireError(400, "The request has no auth context: connected_account_id is required") { Code = "MissingAuthContext" });
        }

        if (Uri.TryCreate(endpoint, UriKind.Absolute, out var absolute) && absolute.Scheme is "http" or "https" && !absolute.Host.EndsWith(".myshopify.com", StringComparison.OrdinalIgnoreCase))
        {
            return dialect.Error(new WireError(400, $"The origin of {absolute.Host} is not the connection's") { Code = "OriginMismatch" });
        }

        lock (world.State.Gate)
        {
            var (user, refusal) = connections.Caller(exchange, world.Catalog.Find("SHOPIFY_GET_ORDER")!);
            return refusal is not null ? dialect.Error(refusal) : Call(exchange, method, absolute?.AbsolutePath ?? endpoint, user);
        }
    }

    private WireResponse Call(Exchange exchange, string method, string path, string user)
    {
        var last = path.Split('?')[0].Split('/')[^1];
        var arguments = new JsonObject();
        foreach (var parameter in exchange.Body.Arr("parameters") ?? [])
        {
            if (parameter.Str("type") == "query" && parameter.Str("name") is { } name)
            {
                arguments[name] = int.TryParse(parameter.Get("value").AsScalarText(), out var number) ? number : parameter.Get("value").AsScalarText();
            }
        }

        var slug = (method, path.Contains("/orders/", StringComparison.Ordinal), last) switch
        {
            ("GET", true, _) => "SHOPIFY_GET_ORDER",
            ("GET", false, "orders.json") => "SHOPIFY_GET_ORDERS_WITH_FILTERS",
            _ => null,
        };
        if (slug is null)
        {
            return Respond(404, new JsonObject { ["errors"] = "Not Found" });
        }

        if (slug == "SHOPIFY_GET_ORDER")
        {
            arguments["order_id"] = last.Replace(".json", string.Empty, StringComparison.Ordinal);
        }

        var result = ToolActions.Run(slug, new ActionCall(world.State, arguments, user, world.Clock.GetUtcNow(), exchange.BaseAddress));
        return result.Error is null ? Respond(200, result.Data) : Respond(404, new JsonObject { ["errors"] = result.Error });
    }

    /// <summary>The app's status is inside; outside it is always 200.</summary>
    private static WireResponse Respond(int status, JsonNode data) => WireResponse.Of(new JsonObject
    {
        ["data"] = data,
        ["status"] = status,
        ["headers"] = new JsonObject { ["content-type"] = "application/json" },
    });
}
