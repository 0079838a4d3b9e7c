using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Weft.EndToEnd.Harness;
using Weft.Sandbox;

namespace Weft.EndToEnd.Wording;

/// <summary>A server, and a sandbox that hears the server's prompts in other words.</summary>
public sealed class RewordedServer : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private WebApplication _sandbox = null!; // InitializeAsync comes first.

    internal WeftServer Server { get; private set; } = null!; // As above.

    /// <summary>Gets the prompts of the product that the server has used.</summary>
    internal ConcurrentDictionary<string, bool> Met { get; } = new();

    public async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddSandbox(new SandboxOptions());
        _sandbox = builder.Build();
        _sandbox.Use(RewordAsync);
        _sandbox.UseRouting();
        _sandbox.MapSandbox();
        await _sandbox.StartAsync(deadline.Token);
        var address = _sandbox.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Server = await WeftServer.StartAsync(
            _folder.Path, SandboxEnvironment.For(new Uri(address + "/")), deadline.Token, "--workflows", Texts.Examples);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    private async Task RewordAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.Value!.EndsWith("/chat/completions", StringComparison.Ordinal)
            || http.Request.Path.Value.EndsWith("/messages", StringComparison.Ordinal))
        {
            var request = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(Reworded.Of(request, Met)!.ToJsonString()));
        }

        await next(http);
    }
}
