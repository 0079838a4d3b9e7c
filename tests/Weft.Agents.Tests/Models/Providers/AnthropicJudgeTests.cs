using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Core;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Providers;

namespace Weft.Agents.Tests.Models.Providers;

/// <summary>Anthropic's own client judges our requests: what it writes for the same question is what ours must write.</summary>
public sealed class AnthropicJudgeTests
{
    private const string Reply =
        """
        {"id":"1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"x"}],
         "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}
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
        const string Said = "Wo ist “meine” Bestellung? 日本 😀 <b> & \\ \n";

        var both = await AskAsync([new(ChatRole.User, Said)], null, Params(User(Text(Said))));

        both.ShouldBeTheSame();
    }

    [Fact]
    public async Task Options_AreWrittenAsByTheOfficialClient()
    {
        var both = await AskAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hi")],
            new ChatOptions { MaxOutputTokens = 300, StopSequences = ["END"] },
            Params(User(Text("Hi"))) with { System = "Be brief.", MaxTokens = 300, StopSequences = ["END"] });

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
            Params(User(Text("Hi"))) with
            {
                Tools =
                [
                    new Tool
                    {
                        Name = "get_order",
                        Description = "Gets an order.",
                        InputSchema = InputSchema.FromRawUnchecked(Raw(Schema)),
                    },
                ],
                ToolChoice = mode switch
                {
                    "auto" => new ToolChoiceAuto(),
                    "required" => new ToolChoiceAny(),
                    "none" => new ToolChoiceNone(),
                    _ => new ToolChoiceTool(mode),
                },
            });

        both.ShouldBeTheSame();
    }

    [Fact]
    public async Task ToolCalls_AndTheirResultsAreToldAsByTheOfficialClient()
    {
        var arguments = new Dictionary<string, object?> { ["order_id"] = "ü1" };
        var both = await AskAsync(
            [
                new(ChatRole.User, "Where?"),
                new(
                    ChatRole.Assistant,
                    [new TextContent("Looking."), new FunctionCallContent("c1", "get", arguments), new FunctionCallContent("c2", "put")]),
                new(ChatRole.Tool, [new FunctionResultContent("c1", "sent"), new FunctionResultContent("c2", """{"b":1}""")]),
                new(ChatRole.Assistant, "Done."),
            ],
            null,
            Params(
                User(Text("Where?")),
                Assistant(Text("Looking."), Use("c1", "get", """{"order_id":"ü1"}"""), Use("c2", "put", "{}")),
                User(
                    new ToolResultBlockParam { ToolUseID = "c1", Content = "sent" },
                    new ToolResultBlockParam { ToolUseID = "c2", Content = """{"b":1}""" }),
                Assistant(Text("Done."))));

        both.ShouldBeTheSame();
    }

    [Fact]
    public async Task Schema_OfTheReplyIsAskedForAsByTheOfficialClient()
    {
        var both = await AskAsync(
            [new(ChatRole.User, "Hi")],
            new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Element(Schema), "answer") },
            Params(User(Text("Hi"))) with { OutputConfig = new OutputConfig { Format = new JsonOutputFormat { Schema = Raw(Schema) } } });

        both.ShouldBeTheSame();
    }

    [Fact]
    public async Task Images_AreSentAsByTheOfficialClient()
    {
        byte[] png = [137, 80, 78, 71];
        var both = await AskAsync(
            [new(ChatRole.User, [new TextContent("What is it?"), new DataContent(png, "image/png"), new UriContent(Picture, "image/*")])],
            null,
            Params(
                User(
                    Text("What is it?"),
                    new ImageBlockParam(new Base64ImageSource { Data = Convert.ToBase64String(png), MediaType = MediaType.ImagePng }),
                    new ImageBlockParam(new UrlImageSource(Picture)))));

        both.ShouldBeTheSame();
    }

    [Theory]
    [InlineData("")]
    [InlineData("proxy/anthropic")]
    [InlineData("proxy/anthropic/")]
    public async Task Address_BelowABaseUrl_IsTheOfficialClients(string path)
    {
        var both = await AskAsync([new(ChatRole.User, "Hi")], null, Params(User(Text("Hi"))), path);

        both.ShouldBeTheSame();
    }

    [Theory]
    [InlineData("temperature")]
    [InlineData("top_p")]
    [InlineData("top_k")]
    public async Task Sampling_SpeaksTheVersionThatTakesIt(string name)
    {
        var options = name == "temperature"
            ? new ChatOptions { Temperature = 0.2f }
            : new ChatOptions { AdditionalProperties = new() { [name] = JsonValue.Create(0.2) } };
        await using var server = WireServer.Answering(200, Reply);
        using var clients = WireComparison.Clients();

        await clients.For(Connection(server.Address), "model-1").GetResponseAsync("Hi", options);

        var request = Assert.Single(server.Requests);
        Assert.Equal(("2023-06-01", "sk-ant-1"), (request.Headers["anthropic-version"], request.Headers["x-api-key"]));
        Assert.DoesNotContain("authorization", request.Headers.Keys);
        Assert.Equal(0.2, (double?)request.Body[name]);
    }

    [Fact]
    public async Task Query_OfABaseUrl_Stays()
    {
        await using var server = WireServer.Answering(200, Reply);
        using var clients = WireComparison.Clients();

        await clients.For(Connection(new Uri(server.Address, "gateway?team=a%20b")), "model-1").GetResponseAsync("Hi");

        Assert.Equal("/gateway/v1/messages?team=a%20b", Assert.Single(server.Requests).Target);
    }

    private static async Task<WireComparison> AskAsync(
        IEnumerable<ChatMessage> question, ChatOptions? options, MessageCreateParams theirs, string path = "")
    {
        using var http = new HttpClient();
        return await WireComparison.AskAsync(Reply, at => Connection(new Uri(at, path)), question, options, async at =>
        {
            using var client = new AnthropicClient(new ClientOptions
            {
                ApiKey = "sk-ant-1",
                BaseUrl = new Uri(at, path).AbsoluteUri.TrimEnd('/'),
                HttpClient = http,
                MaxRetries = 0,
            });
            await client.Messages.Create(theirs);
        });
    }

    private static ProviderConnection Connection(Uri baseUrl) =>
        new("anthropic", ProviderKind.Anthropic, baseUrl, "sk-ant-1", null, "max_tokens");

    private static MessageCreateParams Params(params MessageParam[] messages) =>
        new() { Model = "model-1", MaxTokens = 4096, Messages = messages };

    private static MessageParam User(params ContentBlockParam[] blocks) => new UserMessageParam(blocks.ToList());

    private static MessageParam Assistant(params ContentBlockParam[] blocks) => new AssistantMessageParam(blocks.ToList());

    private static ContentBlockParam Text(string text) => new TextBlockParam(text);

    private static ContentBlockParam Use(string id, string name, string input) =>
        new ToolUseBlockParam { ID = id, Name = name, Input = Raw(input) };

    private static Dictionary<string, JsonElement> Raw(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;

    private static JsonElement Element(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
