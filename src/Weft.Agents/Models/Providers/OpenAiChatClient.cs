using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Weft.Agents.Models.Catalog;
using Weft.Workflows;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Weft.Agents.Models.Providers;

/// <summary>Chat completions through the OpenAI package: OpenAI, Azure OpenAI, and whatever speaks the same.</summary>
/// <remarks>
/// It uses the package's protocol method and reads answers itself: the typed one throws on a missing finish reason, an empty list of
/// choices and other liberties of compatible servers. The package's own retries are off: whoever called decides on those.
/// </remarks>
internal sealed class OpenAiChatClient : IChatClient
{
    private readonly ChatClient _client;
    private readonly string _model;
    private readonly string _maxTokensField;

    public OpenAiChatClient(ProviderConnection connection, string model, HttpClient http)
    {
        (_model, _maxTokensField) = (model, connection.MaxTokensField);
        var options = new OpenAIClientOptions
        {
            Endpoint = connection.BaseUrl,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            OrganizationId = connection.Organization,
        };
        _client = connection.Kind == ProviderKind.Azure ? Azure(connection, model, options) : new ChatClient(model, new ApiKeyCredential(connection.KeyOnTheWire), options);
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var body = OpenAiWire.Request(_model, _maxTokensField, messages, options);
        var json = BinaryData.FromBytes(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body, WeftJson.Options));
        using var content = BinaryContent.Create(json);
        var result = await _client.CompleteChatAsync(content, new RequestOptions { CancellationToken = cancellationToken, ErrorOptions = ClientErrorBehaviors.NoThrow });
        return OpenAiWire.Reply(ReplyJson.Parse(result.GetRawResponse().Content.ToMemory()));
    }

    /// <summary>The whole answer as updates: nothing above shows a part of an answer, and only a whole one can be recorded.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The HTTP client is the host's.
    }

    private static ChatClient Azure(ProviderConnection connection, string deployment, OpenAIClientOptions options)
    {
        var root = new Uri(connection.BaseUrl.AbsoluteUri.TrimEnd('/') + "/");
        if (connection.ApiVersion is { } version)
        {
            options.Endpoint = new Uri(root, $"openai/deployments/{Uri.EscapeDataString(deployment)}");
            options.AddPolicy(new ApiVersionPolicy(version), PipelinePosition.PerCall);
        }
        else
        {
            options.Endpoint = root.AbsolutePath.Contains("/openai/", StringComparison.OrdinalIgnoreCase) ? root : new Uri(root, "openai/v1/");
        }

#pragma warning disable OPENAI001 // The only constructor that sends the key as Azure wants it; marked as for evaluation.
        return new ChatClient(deployment, ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential(connection.KeyOnTheWire), "api-key"), options);
#pragma warning restore OPENAI001
    }

    private sealed class ApiVersionPolicy(string version) : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Apply(message);
            ProcessNext(message, pipeline, currentIndex);
        }

        public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Apply(message);
            await ProcessNextAsync(message, pipeline, currentIndex);
        }

        private void Apply(PipelineMessage message) =>
            message.Request.Uri = new UriBuilder(message.Request.Uri!) { Query = "api-version=" + Uri.EscapeDataString(version) }.Uri;
    }
}
