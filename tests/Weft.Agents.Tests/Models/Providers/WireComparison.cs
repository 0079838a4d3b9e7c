using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Weft.Agents.Models;
using Weft.Agents.Models.Providers;

namespace Weft.Agents.Tests.Models.Providers;

/// <summary>The same question asked by our client and by the provider's own, and what came over the wire of both.</summary>
internal sealed record WireComparison(WireRequest Ours, WireRequest Theirs)
{
    // What a provider decides by: the others name the client and its machine.
    private static readonly string[] Compared =
        ["anthropic-version", "api-key", "authorization", "content-type", "openai-organization", "x-api-key"];

    public static ChatClients Clients() => new(Options.Create(new ModelsOptions()), TimeProvider.System);

    /// <summary>Asks by both.</summary>
    /// <param name="reply">What the server answers to either.</param>
    /// <param name="connection">Ours, to the server.</param>
    /// <param name="question">What ours asks.</param>
    /// <param name="options">How ours asks.</param>
    /// <param name="official">Asks the server by the provider's client.</param>
    public static async Task<WireComparison> AskAsync(
        string reply,
        Func<Uri, ProviderConnection> connection,
        IEnumerable<ChatMessage> question,
        ChatOptions? options,
        Func<Uri, Task> official)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await using var server = WireServer.Answering(200, reply, "Content-Type: application/json");
        using var clients = Clients();
        await clients.For(connection(server.Address), "model-1").GetResponseAsync(question, options, deadline.Token);
        await official(server.Address).WaitAsync(deadline.Token);
        var requests = server.Requests.ToArray();
        Assert.Equal(2, requests.Length);
        return new WireComparison(requests[0], requests[1]);
    }

    /// <summary>Holds when both asked the same of the same address, and no header that counts differs.</summary>
    public void ShouldBeTheSame()
    {
        Assert.Equal((Theirs.Method, Theirs.Target), (Ours.Method, Ours.Target));
        Assert.Equal(Text(Theirs.Body), Text(Ours.Body));
        Assert.Equal(Headers(Theirs), Headers(Ours));
        Assert.Equal("weft", Ours.Headers["user-agent"]);
    }

    private static List<string> Headers(WireRequest request) =>
        [.. Compared.Where(request.Headers.ContainsKey).Select(name => $"{name}: {request.Headers[name]}")];

    private static string Text(JsonNode body) => Plain(body)!.ToJsonString(new() { WriteIndented = true });

    // Neither the order of properties nor a null says anything.
    private static JsonNode? Plain(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Where(p => p.Value is not null).OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(p.Key, Plain(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Plain)]),
        _ => node?.DeepClone(),
    };
}
