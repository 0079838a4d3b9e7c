using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weft.Sandbox.Anthropic;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.OpenAi;
using Weft.Sandbox.Script;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox;

/// <summary>Puts a sandbox into a host of the caller's own.</summary>
internal static class SandboxEndpoints
{
    /// <summary>Adds the world behind the simulators. Routing must be there already.</summary>
    public static IServiceCollection AddSandbox(this IServiceCollection services, SandboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        return services.AddSingleton(_ => new SandboxWorld(options));
    }

    /// <summary>Maps the simulators under <c>/openai</c>, <c>/anthropic</c> and <c>/composio</c>, and the sandbox's own
    /// <c>/log</c>, <c>/faults</c>, <c>/script</c> and <c>/state</c>.</summary>
    public static IEndpointRouteBuilder MapSandbox(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var world = endpoints.ServiceProvider.GetRequiredService<SandboxWorld>();
        var pipeline = new WirePipeline(world.Log, world.Faults, world.Apps.Clock, world.Stopping);
        OpenAiEndpoints.Map(endpoints, world.Models, pipeline);
        AnthropicEndpoints.Map(endpoints, world.Models, pipeline);
        ComposioEndpoints.Map(endpoints, world.Apps, world.Http, pipeline);
        MapControls(endpoints, world);
        return endpoints;
    }

    private static void MapControls(IEndpointRouteBuilder endpoints, SandboxWorld world)
    {
        endpoints.MapGet("/", http => WriteAsync(http, 200, new JsonObject { ["sandbox"] = true }));
        endpoints.MapGet("/log", http => WriteLinesAsync(http,
            world.Log.Since(long.TryParse(http.Request.Query["since"], out var since) ? since : 0)));
        endpoints.MapDelete("/log", http => DoAsync(http, world.Log.Clear));
        endpoints.MapGet("/state", http => WriteAsync(http, 200, world.State.ToJson()));
        endpoints.MapDelete("/state", http => DoAsync(http, world.State.Reset));
        endpoints.MapGet("/faults", http => WriteAsync(http, 200,
            new JsonObject { ["rules"] = SandboxJson.ToNode(world.Faults.Counts()) }));
        endpoints.MapPut("/faults", http => PutAsync(http, text => world.Faults.Set(FaultRule.Parse(text))));
        endpoints.MapDelete("/faults", http => DoAsync(http, world.Faults.Clear));
        endpoints.MapGet("/script", http => WriteAsync(http, 200, new JsonObject { ["rules"] = SandboxJson.ToNode(world.Script.Rules) }));
        endpoints.MapPut("/script", http => PutAsync(http, text => world.Script.Set(ScriptRule.Parse(text))));
        endpoints.MapDelete("/script", http => DoAsync(http, world.Script.Clear));
    }

    private static async Task PutAsync(HttpContext http, Action<string> apply)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(http.RequestAborted);
        try
        {
            apply(text);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (FormatException error)
        {
            await WriteAsync(http, 400, new JsonObject { ["error"] = error.Message });
        }
    }

    private static Task DoAsync(HttpContext http, Action action)
    {
        action();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static async Task WriteLinesAsync(HttpContext http, IReadOnlyList<LogEntry> entries)
    {
        http.Response.ContentType = "application/x-ndjson";
        foreach (var entry in entries)
        {
            await http.Response.WriteAsync(JsonSerializer.Serialize(entry, SandboxJson.Options) + "\n", http.RequestAborted);
        }
    }

    private static Task WriteAsync(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = WireResponse.Json;
        return http.Response.WriteAsync(SandboxJson.Text(body), http.RequestAborted);
    }
}
