using System.Text.Json;
using Microsoft.Extensions.AI;
using Weft.Agents.Models.Catalog;

namespace Weft.Agents.Models.Providers;

/// <summary>Chat completions: OpenAI, Azure OpenAI, and whatever speaks the same.</summary>
internal sealed class OpenAiChatClient(ProviderConnection connection, string model, ProviderHttp http) : WireChatClient(http)
{
    private readonly Uri _address = connection.Kind == ProviderKind.Azure ? Azure(connection, model) : connection.At("chat/completions");

    protected override HttpRequestMessage Request(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var request = Post(_address, OpenAiWire.Request(model, connection.MaxTokensField, messages, options));
        if (connection is { Kind: ProviderKind.Azure, SignsIn: false })
        {
            request.Headers.TryAddWithoutValidation("api-key", connection.KeyOnTheWire);
        }
        else
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + connection.KeyOnTheWire);
        }

        if (connection.Organization is { } organization)
        {
            request.Headers.TryAddWithoutValidation("OpenAI-Organization", organization);
        }

        return request;
    }

    protected override ChatResponse Reply(JsonElement root) => OpenAiWire.Reply(root);

    // A version asks for the older addresses, where the deployment stands in the path; without one, the service speaks as OpenAI does.
    private static Uri Azure(ProviderConnection connection, string deployment)
    {
        if (connection.ApiVersion is { } version)
        {
            var address = connection.At($"openai/deployments/{Uri.EscapeDataString(deployment)}/chat/completions");
            return new UriBuilder(address) { Query = "api-version=" + Uri.EscapeDataString(version) }.Uri;
        }

        var named = $"{connection.BaseUrl.AbsolutePath}/".Contains("/openai/", StringComparison.OrdinalIgnoreCase);
        return connection.At(named ? "chat/completions" : "openai/v1/chat/completions");
    }
}
