using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weft.Sandbox.Composio.Connections;
using Weft.Sandbox.Composio.Files;
using Weft.Sandbox.Composio.Webhooks;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Composio's API under <c>/composio/api/v3.1</c>, and the pages around it.</summary>
internal static class ComposioEndpoints
{
    private const string Root = "/composio/api/v3.1";

    public static void Map(IEndpointRouteBuilder endpoints, SandboxWorld world, WirePipeline pipeline)
    {
        var dialect = new ComposioDialect();
        var tools = new ToolsApi(world.Catalog, dialect);
        var connections = new ConnectionsApi(world, dialect);
        var configs = new AuthConfigsApi(world, dialect);
        var execute = new ExecuteApi(world, dialect, connections);

        var files = new FilesApi(world, dialect);
        var webhooks = new WebhooksApi(world, dialect);

        void On(string method, string path, Func<Exchange, WireResponse> answer) => endpoints.MapMethods(Root + path, [method], pipeline.Serve(dialect, answer));

        On("GET", "/auth/session/info", _ => WireResponse.Of(new JsonObject { ["project"] = new JsonObject { ["nano_id"] = "pr_sandbox", ["webhook_version"] = "V3" }, ["api_key"] = new JsonObject { ["name"] = "sandbox" }, ["org_member"] = null }));
        On("GET", "/toolkits", tools.ListToolkits);
        On("GET", "/toolkits/categories", tools.Categories);
        On("GET", "/toolkits/{slug}", tools.GetToolkit);
        On("GET", "/tools", tools.ListTools);
        On("GET", "/tools/enum", _ => tools.Enumerate());
        On("POST", "/tools/scopes/required", tools.RequiredScopes);
        On("GET", "/tools/{slug}", tools.GetTool);
        On("POST", "/tools/execute/{tool_slug}", execute.Execute);
        On("POST", "/tools/execute/{tool_slug}/input", execute.FillInput);

        On("POST", "/tools/execute/proxy", new ProxyApi(world, dialect, connections).Execute);
        On("POST", "/files/upload/request", files.Request);

        On("GET", "/webhook_subscriptions", webhooks.List);
        On("POST", "/webhook_subscriptions", webhooks.Create);
        On("GET", "/webhook_subscriptions/{id}", webhooks.Get);
        On("PATCH", "/webhook_subscriptions/{id}", webhooks.Patch);
        On("DELETE", "/webhook_subscriptions/{id}", webhooks.Delete);
        On("POST", "/webhook_subscriptions/{id}/rotate_secret", webhooks.Rotate);

        On("GET", "/auth_configs", configs.List);
        On("POST", "/auth_configs", configs.Create);
        On("GET", "/auth_configs/{id}", configs.Get);
        On("PATCH", "/auth_configs/{id}", configs.Patch);
        On("DELETE", "/auth_configs/{id}", configs.Delete);
        On("PATCH", "/auth_configs/{id}/{status}", configs.Switch);

        On("GET", "/connected_accounts", connections.List);
        On("POST", "/connected_accounts", connections.Create);
        On("POST", "/connected_accounts/link", connections.Link);
        On("GET", "/connected_accounts/{id}", connections.Get);
        On("PATCH", "/connected_accounts/{id}", connections.Patch);
        On("DELETE", "/connected_accounts/{id}", connections.Delete);
        On("PATCH", "/connected_accounts/{id}/status", connections.SetStatus);
        On("POST", "/connected_accounts/{id}/refresh", connections.Refresh);
        On("POST", "/connected_accounts/{id}/revoke", connections.Revoke);

        foreach (var removed in (string[])["v1", "v2"])
        {
            endpoints.Map($"/composio/api/{removed}/{{**rest}}", pipeline.Serve(dialect, _ => dialect.Error(new WireError(410, "API v1 and v2 were removed; use v3.1"))));
        }

        endpoints.Map(Root + "/{**rest}", pipeline.Serve(dialect, exchange => dialect.Error(new WireError(404, $"Cannot {exchange.Http.Request.Method} {exchange.Http.Request.Path}"))));
        ConsentPage.Map(endpoints, connections);
        FileStorage.Map(endpoints, world);
        WebhookSender.Map(endpoints, world);
        endpoints.MapGet("/shop/labels/{file}", LabelAsync);
    }

    /// <summary>A return label as a small PDF with its number on it.</summary>
    private static Task LabelAsync(HttpContext http)
    {
        var id = (http.GetRouteValue("file") as string ?? string.Empty).Replace(".pdf", string.Empty, StringComparison.Ordinal);
        var shown = new string([.. id.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')]);
        var text = $"BT /F1 24 Tf 20 60 Td (Return label {shown}) Tj ET";
        http.Response.ContentType = "application/pdf";
        return http.Response.WriteAsync(
            $"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 120]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
            + $"4 0 obj<</Length {text.Length}>>stream\n{text}\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
            Encoding.ASCII, http.RequestAborted);
    }
}
