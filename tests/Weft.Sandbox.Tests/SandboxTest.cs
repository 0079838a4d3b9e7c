using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Core;
using OpenAI;
using OpenAI.Chat;

namespace Weft.Sandbox.Tests;

/// <summary>A sandbox of the test's own, and the official clients that talk to it, with their retries off.</summary>
public abstract class SandboxTest : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly List<IDisposable> _clients = [];

    protected SandboxServer Sandbox { get; private set; } = null!; // Set before each test by InitializeAsync.

    protected CancellationToken Deadline => _deadline.Token;

    protected virtual SandboxOptions Options => new();

    public async Task InitializeAsync() => Sandbox = await SandboxServer.StartAsync(Options, Deadline);

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await Sandbox.DisposeAsync();
        _deadline.Dispose();
        GC.SuppressFinalize(this);
    }

    protected ChatClient OpenAi(string model = "gpt-4o-mini", string? key = null) =>
        new(model, new ApiKeyCredential(key ?? Sandbox.EnvironmentVariables["OPENAI_API_KEY"]), OpenAiOptions());

    protected OpenAIClientOptions OpenAiOptions() => new()
    {
        Endpoint = new Uri(Sandbox.EnvironmentVariables["OPENAI_BASE_URL"]),
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        NetworkTimeout = TimeSpan.FromSeconds(20),
        Transport = new HttpClientPipelineTransport(Http(string.Empty)),
    };

    protected AnthropicClient Claude(string? key = null)
    {
        var client = new AnthropicClient(new ClientOptions
        {
            ApiKey = key ?? Sandbox.EnvironmentVariables["ANTHROPIC_API_KEY"],
            BaseUrl = Sandbox.EnvironmentVariables["ANTHROPIC_BASE_URL"],
            HttpClient = Http(string.Empty),
            MaxRetries = 0,
            Timeout = TimeSpan.FromSeconds(20),
        });
        _clients.Add(client);
        return client;
    }

    /// <summary>A plain client below an address of the sandbox, such as <c>composio/api/v3.1/</c>.</summary>
    protected HttpClient Http(string path)
    {
        var http = new HttpClient { BaseAddress = new Uri(Sandbox.BaseAddress, path) };
        _clients.Add(http);
        return http;
    }

    protected HttpClient Composio()
    {
        var http = Http("composio/api/v3.1/");
        http.DefaultRequestHeaders.Add("x-api-key", Sandbox.EnvironmentVariables["COMPOSIO_API_KEY"]);
        return http;
    }

    protected async Task<JsonObject> ExecuteAsync(
        string slug, JsonObject arguments, string user = "cust_789", string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"tools/execute/{slug}")
        {
            Content = JsonContent.Create(new JsonObject { ["user_id"] = user, ["arguments"] = arguments }),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        using var response = await Composio().SendAsync(request, Deadline);
        return (await ReadAsync(response)).AsObject();
    }

    protected async Task<JsonNode> ReadAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Deadline))!;

    protected static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    protected static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement.Clone();
}
