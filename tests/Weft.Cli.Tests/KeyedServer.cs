using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Weft.Cli.Tests;

/// <summary>An app behind the platform of Azure Functions: without its key in that platform's header there is 401, and no word.</summary>
internal sealed class KeyedServer : IAsyncDisposable
{
    public const string Key = "function-key";

    private readonly WebApplication _app;

    private KeyedServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public static async Task<KeyedServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync(cancellationToken);
        return new KeyedServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers["x-functions-key"] != Key)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await context.Response.WriteAsync(context.Request.Path == "/api/v1/executions" ? """{"items": []}""" : "<html>no JSON</html>");
    }
}
