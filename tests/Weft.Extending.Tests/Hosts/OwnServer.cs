using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Weft.Sandbox;

namespace Weft.Extending.Tests.Hosts;

/// <summary><see cref="OwnHost"/> on Kestrel, on a folder of its own, with the simulators behind its models.</summary>
public sealed class OwnServer : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weft-extending-").FullName;
    private SandboxServer _sandbox = null!; // InitializeAsync comes first.
    private WebApplication _app = null!; // InitializeAsync comes first.

    public HttpClient Client { get; private set; } = null!; // InitializeAsync comes first.

    public SandboxServer Sandbox => _sandbox;

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(_sandbox.EnvironmentVariables.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value)));
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("WAREHOUSE", (string?)"Porto-Campanha")]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = OwnHost.Build(builder, _folder);
        await _app.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Registers a workflow file of this project, without a finding.</summary>
    public async Task PutAsync(string id, string path)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, path));
        using var put = await Client.PutAsync($"api/v1/workflows/{id}", new StringContent(text, Encoding.UTF8, "application/yaml"));
        var answer = await put.Content.ReadFromJsonAsync<JsonObject>();
        Assert.True(put.IsSuccessStatusCode, answer?.ToJsonString());
        Assert.Empty(answer!["diagnostics"]?.AsArray() ?? []);
    }

    /// <summary>Runs a workflow to its end, and answers its document.</summary>
    public async Task<JsonObject> RunAsync(string id, JsonObject input)
    {
        using var ended = await Client.PostAsJsonAsync(
            "api/v1/workflows/execute?wait=50", new JsonObject { ["workflow_id"] = id, ["input_data"] = input });
        var document = await ended.Content.ReadFromJsonAsync<JsonObject>();
        Assert.True(ended.StatusCode == HttpStatusCode.OK, document?.ToJsonString());
        return document!;
    }
}
