using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Weft.Language;

namespace Weft.Agents.Models.Providers;

/// <summary>A model behind its provider's protocol: a call is one request and one whole answer.</summary>
/// <remarks>Nothing is sent a second time: whoever called decides on that.</remarks>
internal abstract class WireChatClient(ProviderHttp http) : IChatClient
{
    /// <summary>Asks the model once.</summary>
    /// <exception cref="WireFailureException">There was no answer, or none that can be used.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var request = Request(messages, options);
        return Reply(ReplyJson.Parse(await http.SendAsync(request, cancellationToken)));
    }

    /// <summary>The whole answer as updates: nothing above shows a part of an answer, and only a whole one can be recorded.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
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
        // The connections are the host's.
    }

    /// <summary>The request as it goes over the wire, key included.</summary>
    protected abstract HttpRequestMessage Request(IEnumerable<ChatMessage> messages, ChatOptions? options);

    /// <summary>Reads what a success answered.</summary>
    protected abstract ChatResponse Reply(JsonElement root);

    protected static HttpRequestMessage Post(Uri address, JsonObject body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, WeftJson.Options)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "weft");
        return request;
    }
}
