using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Core;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Weft.Agents.Models.Providers;

/// <summary>Anthropic's messages through its own package.</summary>
/// <remarks>
/// Requests are written as they go over the wire, for the package has no temperature and speaks a version of the protocol that
/// refuses one; answers are read tolerantly, for a missing count is no reason to lose an answer. The package's own retries are off.
/// </remarks>
internal sealed class AnthropicChatClient : IChatClient
{
    // The version that still takes a temperature, of the models that do.
    private const string SamplingVersion = "2023-06-01";

    private static readonly Dictionary<string, JsonElement> NoQuery = [];

    private readonly AnthropicClient _client;
    private readonly string _model;

    public AnthropicChatClient(ProviderConnection connection, string model, HttpClient http)
    {
        _model = model;
        _client = new AnthropicClient(new ClientOptions
        {
            ApiKey = connection.KeyOnTheWire,
            BaseUrl = connection.BaseUrl.AbsoluteUri.TrimEnd('/'),
            HttpClient = http,
            MaxRetries = 0,
            Timeout = TimeSpan.FromHours(1),
        });
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var body = AnthropicWire.Request(_model, messages, options);
        var headers = new Dictionary<string, JsonElement>();
        if (body.ContainsKey("temperature") || body.ContainsKey("top_p") || body.ContainsKey("top_k"))
        {
            headers["anthropic-version"] = ReplyJson.ToElement(JsonValue.Create(SamplingVersion));
        }

        var request = MessageCreateParams.FromRawUnchecked(headers, NoQuery, body.ToDictionary(p => p.Key, p => ReplyJson.ToElement(p.Value)));
        using var response = await _client.WithRawResponse.Messages.Create(request, cancellationToken);
        return AnthropicWire.Reply(ReplyJson.Parse(await response.RawMessage.Content.ReadAsByteArrayAsync(cancellationToken)));
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

    public object? GetService(System.Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
        // The HTTP client is the host's.
    }
}
