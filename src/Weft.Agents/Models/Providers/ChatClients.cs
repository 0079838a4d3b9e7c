using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Weft.Agents.Models.Catalog;

namespace Weft.Agents.Models.Providers;

/// <summary>Makes the chat client of a connection and a model: all share one pool of connections.</summary>
internal sealed class ChatClients(IOptions<ModelsOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly ProviderHttp _http = new(ConnectTimeout, options.Value.MaxReplyBytes, time);

    /// <summary>The client that speaks the provider's protocol. It costs nothing to make, and holds nothing to dispose of.</summary>
    public IChatClient For(ProviderConnection connection, string model) => connection.Kind == ProviderKind.Anthropic
        ? new AnthropicChatClient(connection, model, _http)
        : new OpenAiChatClient(connection, model, _http);

    public void Dispose() => _http.Dispose();
}
