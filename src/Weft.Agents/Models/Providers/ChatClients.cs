using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Weft.Agents.Models.Catalog;

namespace Weft.Agents.Models.Providers;

/// <summary>Makes the chat client of a connection and a model, and keeps it: all share one pool of connections.</summary>
internal sealed class ChatClients : IDisposable
{
    // More than a host has models; past that, somebody makes up endpoints, and keeping them all would only fill the memory.
    private const int MostKept = 500;

    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<(ProviderConnection Connection, string Model), IChatClient> _clients = new();

    public ChatClients(IOptions<ModelsOptions> options, TimeProvider time)
    {
        var sockets = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),

            // A provider that moves behind its name is followed within minutes.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            EnableMultipleHttp2Connections = true,
            AutomaticDecompression = DecompressionMethods.All,

            // A redirect would carry the key to another address.
            AllowAutoRedirect = false,
        };
        _http = new HttpClient(new ReplyHandler(sockets, options.Value.MaxReplyBytes, time)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public IChatClient For(ProviderConnection connection, string model)
    {
        if (_clients.Count > MostKept)
        {
            _clients.Clear();
        }

        return _clients.GetOrAdd((connection, model), static (key, http) => key.Connection.Kind == ProviderKind.Anthropic
            ? new AnthropicChatClient(key.Connection, key.Model, http)
            : new OpenAiChatClient(key.Connection, key.Model, http), _http);
    }

    public void Dispose() => _http.Dispose();
}
