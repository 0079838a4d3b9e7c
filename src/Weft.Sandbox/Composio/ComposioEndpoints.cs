using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>The part of Composio's API that Weft calls, under <c>/composio/api/v3.1</c>, and the pages around it.</summary>
internal static class ComposioEndpoints
{
    private const string Root = "/composio/api/v3.1";

    public static void Map(IEndpointRouteBuilder endpoints, AppService apps, HttpClient http, WirePipeline pipeline)
    {
        var dialect = new ComposioDialect(apps.Clock);
        var tools = new ToolsApi(apps.Catalog, dialect);
        var connections = new ConnectionsApi(apps, dialect);
        var configs = new AuthConfigsApi(apps, dialect);
        var execute = new ExecuteApi(apps, dialect, connections);

        void On(string method, string path, Func<Exchange, WireResponse> answer) =>
            endpoints.MapMethods(path, [method], pipeline.Serve(dialect, answer));

        On("GET", Root + "/toolkits", tools.ListToolkits);
        On("GET", Root + "/toolkits/categories", tools.Categories);
        On("GET", Root + "/toolkits/{slug}", tools.GetToolkit);
        On("GET", Root + "/tools", tools.ListTools);
        On("GET", Root + "/tools/enum", _ => tools.Enumerate());
        On("GET", Root + "/tools/{slug}", tools.GetTool);
        On("POST", Root + "/tools/execute/{tool_slug}", execute.Execute);
        On("GET", Root + "/auth_configs", configs.List);
        On("POST", Root + "/auth_configs", configs.Create);
        On("GET", Root + "/auth_configs/{id}", configs.Get);
        On("GET", Root + "/connected_accounts", connections.List);
        On("POST", Root + "/connected_accounts/link", connections.Link);
        On("GET", Root + "/connected_accounts/{id}", connections.Get);
        On("DELETE", Root + "/connected_accounts/{id}", connections.Delete);
        On("PATCH", Root + "/connected_accounts/{id}/status", connections.SetStatus);
        On("POST", Root + "/connected_accounts/{id}/revoke", connections.Revoke);

        WireResponse Unknown(Exchange exchange) =>
            dialect.Error(exchange.Http.Request.Path.StartsWithSegments(Root, StringComparison.Ordinal)
            ? new WireError(404, $"Cannot {exchange.Http.Request.Method} {exchange.Http.Request.Path}")
            : new WireError(410, "API v1 and v2 were removed; use v3.1"));

        endpoints.Map("/composio/api/{**rest}", pipeline.Serve(dialect, Unknown));
        ConsentPage.Map(endpoints, connections);
        endpoints.MapPost("/webhooks/send", new WebhookSender(http, apps.Clock).ServeAsync);
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
            $"""
            %PDF-1.4
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 120]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
            4 0 obj<</Length {text.Length}>>stream
            {text}
            endstream endobj
            5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
            trailer<</Root 1 0 R>>
            %%EOF

            """,
            Encoding.ASCII, http.RequestAborted);
    }
}
