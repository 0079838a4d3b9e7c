using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weft.Agents;
using Weft.Embedded;
using Weft.Runtime;
using Weft.Workflows;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Api.Tests;

/// <summary>The API on Kestrel and the embedded engine, on a data folder of its own.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private ApiHost(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Client = new HttpClient { BaseAddress = new Uri(address + "/api/v1/"), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ApiHost> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, bool scripted = true)
    {
        var folder = Directory.CreateTempSubdirectory("weft-api-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.FromSeconds(2));
        AddServices(builder.Services, folder, scripted);
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseWeftApi();
        app.MapWeftApi();
        await app.StartAsync();
        return new ApiHost(app, folder);
    }

    /// <summary>What a host registers: engine, API, and the orchestrators or a scripted execution in their place.</summary>
    public static void AddServices(IServiceCollection services, string folder, bool scripted = true)
    {
        services.AddEmbeddedEngine(o =>
        {
            o.DataFolder = folder;
            o.DrainTimeout = TimeSpan.FromSeconds(1);
        });
        services.AddWeftAgents();
        services.AddWeftRuntime();
        services.AddLocalQueues();
        services.AddWeftApi();
        if (!scripted)
        {
            WeftOrchestrators.Register(x => services.AddSingleton(x));
            return;
        }

        services.AddSingleton<OrchestratorRegistration>(
            OrchestratorRegistration.Of<RunWorkflowInput, WorkflowResult>(StepNames.RunWorkflow, _ => new ScriptedWorkflow()));
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string? contentType = "application/json",
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/'));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text, response.Content.Headers.ContentType?.MediaType, response.Headers);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, headers: headers);

    public Task<Answer> PostAsync(string path, string body = "{}", params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers: headers);

    public Task<Answer> PutWorkflowAsync(string id, string yaml) => SendAsync(HttpMethod.Put, "workflows/" + id, yaml, "application/yaml");

    /// <summary>Starts the sample workflow and answers the execution's id.</summary>
    public async Task<string> StartExecutionAsync(string mode)
    {
        var started = await PostAsync("workflows/greet/executions", $$"""{"name": "Ada", "mode": "{{mode}}"}""");
        Assert.Equal(HttpStatusCode.Accepted, started.Status);
        return started.Json["execution_id"]!.GetValue<string>();
    }

    /// <summary>Reads an execution until its status is one of those given.</summary>
    public Task<JsonNode> AwaitStatusAsync(string executionId, params string[] statuses) => Eventually.ReadAsync(async () =>
    {
        var read = await GetAsync("executions/" + executionId);
        return read.Status == HttpStatusCode.OK && statuses.Contains(read.Json["status"]!.GetValue<string>()) ? read.Json : null;
    });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What the API answered.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, string? MediaType, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string Code => Json["code"]!.GetValue<string>();

    /// <summary>Asserts that it is a whole problem of this status and code.</summary>
    public Answer ShouldBe(int status, string code)
    {
        Assert.Equal(status, (int)Status);
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(code, Code);
        Assert.Equal(status, Json["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrWhiteSpace(Json["detail"]!.GetValue<string>()));
        Assert.Equal("urn:weft:problem:" + code, Json["type"]!.GetValue<string>());
        return this;
    }
}

/// <summary>One host for the tests of a class that get along with each other's workflows.</summary>
public sealed class SharedApiHost : IAsyncLifetime
{
    public ApiHost Host { get; private set; } = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        Host = await ApiHost.StartAsync();
        var put = await Host.PutWorkflowAsync("greet", Texts.Greet());
        Assert.Equal(HttpStatusCode.Created, put.Status);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();
}

/// <summary>Workflows as texts.</summary>
internal static class Texts
{
    public static string Greet(string id = "greet", string prompt = "Say hello to {{ name }}") => $$$"""
        name: {{{id}}}
        version: 1.2.3
        input:
          type: object
          properties:
            name: { type: string, minLength: 1 }
            times: { type: integer, default: 1 }
          required: [name]
        workflow:
          nodes:
            - id: hello
              agent: simple
              prompt_template: "{{{prompt}}}"
            - id: shout
              agent: simple
              prompt_template: "Shout {{ hello.output }}"
          edges:
            - { from: hello, to: shout }
            - { from: shout, to: END }
        """;
}
