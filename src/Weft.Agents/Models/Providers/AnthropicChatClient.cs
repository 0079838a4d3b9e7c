using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Weft.Agents.Models.Providers;

/// <summary>Anthropic's messages.</summary>
/// <remarks>
/// The protocol's newest version refuses a temperature and its like, whatever the model. A call that has one speaks the version
/// before, and sends its key in the header that was that version's.
/// </remarks>
internal sealed class AnthropicChatClient(ProviderConnection connection, string model, ProviderHttp http) : WireChatClient(http)
{
    private const string NewestVersion = "2026-10-21";
    private const string SamplingVersion = "2023-06-01";

    private readonly Uri _address = connection.At("v1/messages");

    protected override HttpRequestMessage Request(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var body = AnthropicWire.Request(model, messages, options);
        var request = Post(_address, body);
        if (Samples(body))
        {
            request.Headers.TryAddWithoutValidation("anthropic-version", SamplingVersion);
            request.Headers.TryAddWithoutValidation("x-api-key", connection.KeyOnTheWire);
        }
        else
        {
            request.Headers.TryAddWithoutValidation("anthropic-version", NewestVersion);
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + connection.KeyOnTheWire);
        }

        return request;
    }

    protected override ChatResponse Reply(JsonElement root) => AnthropicWire.Reply(root);

    private static bool Samples(JsonObject body) =>
        body.ContainsKey("temperature") || body.ContainsKey("top_p") || body.ContainsKey("top_k");
}
