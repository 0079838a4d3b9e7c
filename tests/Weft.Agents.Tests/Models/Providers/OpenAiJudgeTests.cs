using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Providers;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat;
using TheirFormat = OpenAI.Chat.ChatResponseFormat;
using TheirMessage = OpenAI.Chat.ChatMessage;

namespace Weft.Agents.Tests.Models.Providers;

/// <summary>OpenAI's own client judges our requests: what it writes for the same question is what ours must write.</summary>
public sealed class OpenAiJudgeTests
{
    private const string Reply =
        """
        {"id":"1","object":"chat.completion","created":1,"model":"m",
         "choices":[{"index":0,"message":{"role":"assistant","content":"x"},"finish_reason":"stop"}]}
        """;

    private const string Schema =
        """
        {"type":"object","properties":{"order_id":{"type":"string","description":"Größe \"1\" <b>"}},
         "required":["order_id"],"additionalProperties":false}
        """;

    private const string Picture = "https://x.example/a.png?b=1";

    [Fact]
    public async Task Question_IsAskedAsByTheOfficialClient()
    {
        const string Text = "Wo ist “meine” Bestellung? 日本 😀 <b> & \\ \n";

        var both = await AskAsync([new(ChatRole.User, Text)], null, [new UserChatMessage(Text)], null);

        both.ShouldBeTheSame();
    }

    [Fact]
    public async Task Options_AreWrittenAsByTheOfficialClient()
    {
        var both = await AskAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hi")],
            new ChatOptions
            {
                Temperature = 0.2f,
                MaxOutputTokens = 300,
                StopSequences = ["END", "\n\n"],
                AdditionalProperties = new() { ["top_p"] = JsonValue.Create(0.5), ["seed"] = JsonValue.Create(7) },
            },
            [new SystemChatMessage("Be brief."), new UserChatMessage("Hi")],
            Options(o =>
            {
                (o.Temperature, o.MaxOutputTokenCount, o.TopP) = (0.2f, 300, 0.5f);
#pragma warning disable OPENAI001 // Marked as for evaluation only.
                o.Seed = 7;
#pragma warning restore OPENAI001
                o.StopSequences.Add("END");
                o.StopSequences.Add("\n\n");
            }));

        both.ShouldBeTheSame();
    }

    public static TheoryData<string> ToolModes => ["auto", "required", "none", "get_order"];

    [Theory]
    [MemberData(nameof(ToolModes))]
    public async Task Tools_AreOfferedAsByTheOfficialClient(string mode)
    {
        var both = await AskAsync(
            [new(ChatRole.User, "Hi")],
            new ChatOptions
            {
                Tools = [AIFunctionFactory.CreateDeclaration("get_order", "Gets an order.", Element(Schema))],
                ToolMode = mode switch
                {
                    "auto" => ChatToolMode.Auto,
                    "required" => ChatToolMode.RequireAny,
                    "none" => ChatToolMode.None,
                    _ => ChatToolMode.RequireSpecific(mode),
                },
            },
            [new UserChatMessage("Hi")],
            Options(o =>
            {
                o.Tools.Add(ChatTool.CreateFunctionTool("get_order", "Gets an order.", BinaryData.FromString(Schema)));
                o.ToolChoice = mode switch
                {
                    "auto" => ChatToolChoice.CreateAutoChoice(),
                    "required" => ChatToolChoice.CreateRequiredChoice(),
                    "none" => ChatToolChoice.CreateNoneChoice(),
                    _ => ChatToolChoice.CreateFunctionChoice(mode),
                };
            }));

        both.ShouldBeTheSame();
    }

    [Fact]
    public async Task ToolCalls_AndTheirResultsAreToldAsByTheOfficialClient()
    {
        var arguments = new Dictionary<string, object?> { ["order_id"] = "ü1" };
        var both = await AskAsync(
            [
                new(ChatRole.User, "Where?"),
                new(ChatRole.Assistant, [new TextContent("Looking."), new FunctionCallContent("c1", "get", arguments)]),
                new(ChatRole.Tool, [new FunctionResultContent("c1", "sent")]),
                new(ChatRole.Assistant, [new FunctionCallContent("c2", "get", arguments), new FunctionCallContent("c3", "put")]),
                new(ChatRole.Tool, [new FunctionResultContent("c2", "a"), new FunctionResultContent("c3", """{"b":1}""")]),
                new(ChatRole.Assistant, "Done."),
            ],
            null,
            [
                new UserChatMessage("Where?"),
                new AssistantChatMessage([Call("c1", "get", """{"order_id":"ü1"}""")]) { Content = { "Looking." } },
                new ToolChatMessage("c1", "sent"),
                new AssistantChatMessage([Call("c2", "get", """{"order_id":"ü1"}"""), Call("c3", "put", "{}")]),
                new ToolChatMessage("c2", "a"),
                new ToolChatMessage("c3", """{"b":1}"""),
                new AssistantChatMessage("Done."),
            ],
            null);

        both.ShouldBeTheSame();
    }

    [Fact]
    public async Task Schema_OfTheReplyIsAskedForAsByTheOfficialClient()
    {
        var both = await AskAsync(
            [new(ChatRole.User, "Hi")],
            new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Element(Schema), "answer") },
            [new UserChatMessage("Hi")],
            Options(o => o.ResponseFormat =
                TheirFormat.CreateJsonSchemaFormat("answer", BinaryData.FromString(Schema), jsonSchemaIsStrict: true)));

        both.ShouldBeTheSame();
    }

    [Fact]
    public async Task JsonMode_IsAskedForAsByTheOfficialClient()
    {
        var both = await AskAsync(
            [new(ChatRole.User, "Hi")],
            new ChatOptions { ResponseFormat = ChatResponseFormat.Json },
            [new UserChatMessage("Hi")],
            Options(o => o.ResponseFormat = TheirFormat.CreateJsonObjectFormat()));

        both.ShouldBeTheSame();
    }

    [Fact]
    public async Task Images_AreSentAsByTheOfficialClient()
    {
        byte[] png = [137, 80, 78, 71];
        var both = await AskAsync(
            [new(ChatRole.User, [new TextContent("What is it?"), new DataContent(png, "image/png"), new UriContent(Picture, "image/*")])],
            null,
            [
                new UserChatMessage(
                    ChatMessageContentPart.CreateTextPart("What is it?"),
                    ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(png), "image/png"),
                    ChatMessageContentPart.CreateImagePart(new Uri(Picture))),
            ],
            null);

        both.ShouldBeTheSame();
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1/")]
    [InlineData("v1beta/openai")]
    [InlineData("")]
    [InlineData("v1?team=a%20b")]
    public async Task Address_BelowABaseUrl_IsTheOfficialClients(string path)
    {
        var both = await WireComparison.AskAsync(
            Reply,
            at => Connection(new Uri(at, path)) with { Organization = "org-1" },
            [new(ChatRole.User, "Hi")],
            null,
            at => Client(new Uri(at, path), organization: "org-1").CompleteChatAsync(new UserChatMessage("Hi")));

        both.ShouldBeTheSame();
    }

    [Theory]
    [InlineData("", "2024-10-21", "/openai/deployments/model-1/chat/completions?api-version=2024-10-21")]
    [InlineData("sub/", "2024-10-21", "/sub/openai/deployments/model-1/chat/completions?api-version=2024-10-21")]
    [InlineData("?x=1", "2025-01-01-preview", "/openai/deployments/model-1/chat/completions?api-version=2025-01-01-preview")]
    [InlineData("", null, "/openai/v1/chat/completions")]
    [InlineData("openai/v1", null, "/openai/v1/chat/completions")]
    [InlineData("openai/v1/?z=1", null, "/openai/v1/chat/completions?z=1")]
    [InlineData("openai", null, "/openai/chat/completions")]
    public async Task Address_OnAzure_NamesTheDeploymentAndTheKeyHasItsOwnHeader(string path, string? version, string target)
    {
        var both = await WireComparison.AskAsync(
            Reply,
            at => new ProviderConnection("azure", ProviderKind.Azure, new Uri(at, path), "sk-1", version, "max_completion_tokens"),
            [new(ChatRole.User, "Hi")],
            null,
            at => AzureClient(new Uri(at, target.Replace("/chat/completions", "", StringComparison.Ordinal)))
                .CompleteChatAsync(new UserChatMessage("Hi")));

        both.ShouldBeTheSame();
        Assert.Equal((target, "sk-1"), (both.Ours.Target, both.Ours.Headers["api-key"]));
    }

    [Fact]
    public async Task AzureByIdentity_CarriesTheTokenAsABearerAndNoKey()
    {
        await using var server = WireServer.Answering(200, Reply);
        using var clients = WireComparison.Clients();
        var connection = new ProviderConnection("azure", ProviderKind.Azure, server.Address, "eyJ.token", null, "max_completion_tokens")
        {
            SignsIn = true,
        };

        await clients.For(connection, "gpt-4o").GetResponseAsync([new(ChatRole.User, "Hi")]);

        var request = Assert.Single(server.Requests);
        Assert.Equal(("/openai/v1/chat/completions", "Bearer eyJ.token"), (request.Target, request.Headers["authorization"]));
        Assert.DoesNotContain("api-key", request.Headers.Keys);
    }

    [Fact]
    public async Task Deployment_WhoseNameIsNoPath_IsEscaped()
    {
        await using var server = WireServer.Answering(200, Reply);
        using var clients = WireComparison.Clients();
        var connection = new ProviderConnection("azure", ProviderKind.Azure, server.Address, "key-1", "v", "max_completion_tokens");

        await clients.For(connection, "my model/x?y").GetResponseAsync("Hi");

        Assert.Equal("/openai/deployments/my%20model%2Fx%3Fy/chat/completions?api-version=v", Assert.Single(server.Requests).Target);
    }

    private static Task<WireComparison> AskAsync(
        IEnumerable<ChatMessage> question, ChatOptions? options, IEnumerable<TheirMessage> theirs, ChatCompletionOptions? theirOptions) =>
        WireComparison.AskAsync(
            Reply,
            at => Connection(new Uri(at, "v1")),
            question,
            options,
            at => Client(new Uri(at, "v1")).CompleteChatAsync(theirs, theirOptions));

    private static ProviderConnection Connection(Uri baseUrl) =>
        new("openai", ProviderKind.OpenAi, baseUrl, "sk-1", null, "max_completion_tokens");

    private static ChatClient Client(Uri endpoint, string? organization = null) =>
        new("model-1", new ApiKeyCredential("sk-1"), ClientOptions(endpoint, organization));

#pragma warning disable OPENAI001 // Marked as for evaluation only.
    private static ChatClient AzureClient(Uri endpoint) => new(
        "model-1",
        ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential("sk-1"), "api-key"),
        ClientOptions(endpoint, organization: null));
#pragma warning restore OPENAI001

    private static OpenAIClientOptions ClientOptions(Uri endpoint, string? organization) => new()
    {
        Endpoint = endpoint,
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        OrganizationId = organization,
    };

    private static ChatCompletionOptions Options(Action<ChatCompletionOptions> set)
    {
        var options = new ChatCompletionOptions();
        set(options);
        return options;
    }

    private static ChatToolCall Call(string id, string name, string arguments) =>
        ChatToolCall.CreateFunctionToolCall(id, name, BinaryData.FromString(arguments));

    private static JsonElement Element(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
