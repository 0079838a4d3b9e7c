using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Weft.Agents.Models.Calls;
using Weft.Agents.Models.Providers;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tests.Models;

/// <summary>What compatible servers answer in the field, and what is made of it.</summary>
public sealed class ProviderRepliesTests
{
    [Theory]
    [InlineData("null", "stop")]
    [InlineData("\"\"", "stop")]
    [InlineData("\"eos\"", "stop")]
    [InlineData("\"length\"", "length")]
    [InlineData("\"content_filter\"", "content_filter")]
    [InlineData("\"something_new\"", "other")]
    public void FinishReason_OfAnyServer_IsRead(string reason, string expected)
    {
        var reply = OpenAi($$"""{"choices":[{"message":{"content":"hi"},"finish_reason":{{reason}}}]}""");

        Assert.Equal(expected, ReplyReading.FinishReason(reply));
    }

    [Fact]
    public void Usage_ThatIsMissing_IsEstimated()
    {
        var reply = OpenAi("""{"choices":[{"message":{"content":"12345678"}}]}""");
        var usage =
            ReplyReading.Usage(reply, new PreparedCall([], new ChatOptions()) { Prompt = new PromptText([], 77) }, TokenEstimator.Estimate);

        Assert.Equal((77, 3, true), (usage.InputTokens, usage.OutputTokens, usage.Estimated));
    }

    [Fact]
    public void Usage_OfOpenAi_IncludesWhatWasCached()
    {
        var reply = OpenAi("""
            {"choices":[{"message":{"content":"x"}}],
             "usage":{"prompt_tokens":100,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":64}}}
            """);
        var usage = ReplyReading.Usage(reply, new PreparedCall([], new ChatOptions()), TokenEstimator.Estimate);

        Assert.Equal((100, 20, 64), (usage.InputTokens, usage.OutputTokens, usage.CachedInputTokens));
    }

    [Fact]
    public void Usage_OfAnthropic_GainsWhatWasCachedAndWritten()
    {
        var response = Anthropic("""
            {"content":[{"type":"text","text":"x"}],"stop_reason":"end_turn",
             "usage":{"input_tokens":50,"cache_read_input_tokens":30,"cache_creation_input_tokens":7,"output_tokens":12}}
            """);
        var usage = ReplyReading.Usage(response, new PreparedCall([], new ChatOptions()), TokenEstimator.Estimate);

        Assert.Equal((87, 12, 30, 7), (usage.InputTokens, usage.OutputTokens, usage.CachedInputTokens, ReplyReading.CacheWrites(response)));
    }

    [Fact]
    public void ToolCalls_WithObjectArgumentsAndNoId_AreRead()
    {
        var message = ReplyReading.Message(OpenAi("""
            {"choices":[{"message":{"content":null,"tool_calls":[
                {"function":{"name":"get","arguments":{"a":[1]}}},
                {"id":"","function":{"name":"put","arguments":""}}
            ]},"finish_reason":"stop"}]}
            """));

        Assert.Equal("""{"a":[1]}""", message.ToolCalls[0].Arguments!.ToJsonString());
        Assert.Equal("{}", message.ToolCalls[1].Arguments!.ToJsonString());
        Assert.All(message.ToolCalls, c => Assert.StartsWith("call_", c.Id, StringComparison.Ordinal));
        Assert.Equal(2, message.ToolCalls.Select(c => c.Id).Distinct().Count());
        Assert.Null(message.Content);
    }

    [Theory]
    [InlineData("\"[1,2]\"", "no JSON object: they are of the type array")]
    [InlineData("\"{\\\"a\\\": \"", "no JSON object (near character")]
    [InlineData("7", "no JSON object: they are of the type number")]
    public void ToolCall_WithOtherArguments_SaysWhatIsWrong(string arguments, string expected)
    {
        var called = $$$"""{"id":"c","function":{"name":"get","arguments":{{{arguments}}}}}""";

        var call = Assert.Single(ReplyReading.Message(OpenAi($$$"""{"choices":[{"message":{"tool_calls":[{{{called}}}]}}]}""")).ToolCalls);

        Assert.Null(call.Arguments);
        Assert.Contains(expected, call.ArgumentsError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the reply is empty")]
    [InlineData("  \n", "the reply is empty")]
    [InlineData("<html><body>Bad gateway</body></html>", "a web page")]
    [InlineData("{\"choices\": [", "no valid JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"choices\":[]}", "no choice")]
    [InlineData("{\"choices\":[{\"message\":null}]}", "no choice")]
    [InlineData("{\"choices\":null}", "no choice")]
    [InlineData("{\"id\":\"x\"}", "no choice")]
    [InlineData("\u0000\u0001garbage", "no valid JSON")]
    public void Garbage_FailsAsABadReply(string body, string expected)
    {
        var failure = Assert.Throws<WireFailureException>(() => OpenAi(body));

        Assert.Equal(WireStage.Reply, failure.Stage);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"x"}]}""")]
    [InlineData("""{"content":"x","stop_reason":"end_turn"}""")]
    [InlineData("""{}""")]
    public void Anthropic_WithoutContentOrStopReason_FailsAsABadReply(string body) =>
        Assert.Equal(WireStage.Reply, Assert.Throws<WireFailureException>(() => Anthropic(body)).Stage);

    [Fact]
    public void Error_WithTheStatusOfASuccess_IsAnError()
    {
        var failure = Assert.Throws<WireFailureException>(() => OpenAi("""{"error":{"message":"Rate limited","code":429}}"""));

        Assert.Equal((WireStage.Status, 429), (failure.Stage, failure.Status));
    }

    [Fact]
    public void AnthropicRequest_JoinsNeighboursAndPutsResultsFirst()
    {
        var body = AnthropicWire.Request(
            "m",
            [
                new ChatMessage(ChatRole.System, "Be brief."),
                new ChatMessage(ChatRole.System, "Be kind."),
                new ChatMessage(ChatRole.User, "Where?"),
                new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("a:1", "get"), new FunctionCallContent("a:2", "get")]),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("a:1", "one")]),
                new ChatMessage(ChatRole.User, "And?"),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("a:2", "two")]),
                new ChatMessage(ChatRole.Assistant, ""),
            ],
            null);

        Assert.Equal("Be brief.\n\nBe kind.", (string?)body["system"]);
        Assert.Equal(["user", "assistant", "user"], body["messages"]!.AsArray().Select(m => (string?)m!["role"]));
        Assert.Equal(["tool_result", "tool_result", "text"], body["messages"]![2]!["content"]!.AsArray().Select(b => (string?)b!["type"]));
        Assert.Equal("a_1", (string?)body["messages"]![2]!["content"]![0]!["tool_use_id"]);
        Assert.Equal(4096, (int?)body["max_tokens"]);
    }

    [Fact]
    public void AnthropicRequest_OfInstructionsAlone_LetsTheUserSayThem()
    {
        var body = AnthropicWire.Request("m", [new ChatMessage(ChatRole.System, "Write a poem.")], null);

        Assert.Null(body["system"]);
        Assert.Equal("Write a poem.", (string?)body["messages"]![0]!["content"]![0]!["text"]);
    }

    [Fact]
    public void OpenAiRequest_NamesTheLimitAsItsServerDoes()
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = 5,
            Temperature = 0.2f,
            AdditionalProperties = new() { ["top_p"] = JsonValue.Create(0.5), ["model"] = JsonValue.Create("other") },
        };

        var body = OpenAiWire.Request("m", "max_tokens", [new ChatMessage(ChatRole.User, "hi")], options);

        Assert.Equal(
            """{"model":"m","messages":[{"role":"user","content":"hi"}],"temperature":0.2,"max_tokens":5,"top_p":0.5}""",
            body.ToJsonString());
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""", true, true)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""", false, true)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""", false, false)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"object"}},"required":["a"],"additionalProperties":false}""", false, false)]
    [InlineData(
        """
        {"type":"object","properties":{"a":{"type":["string","null"]},"b":{"type":"array","items":{"type":"number"}}},
         "required":["a","b"],"additionalProperties":false}
        """,
        true,
        true)]
    [InlineData(
        """{"type":"object","properties":{"a":{"oneOf":[{"type":"string"}]}},"required":["a"],"additionalProperties":false}""",
        false,
        false)]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/x"}},"required":["a"],"additionalProperties":false}""", false, false)]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", false, false)]
    [InlineData("""{"type":"object","properties":{"a":{}},"required":["a"],"additionalProperties":false}""", false, false)]
    [InlineData("true", false, false)]
    public void Schema_FitsAProvidersSubsetOrNot(string schema, bool openAi, bool anthropic)
    {
        var element = JsonSerializer.Deserialize<JsonElement>(schema);

        Assert.Equal((openAi, anthropic), (SchemaStrictness.FitsOpenAi(element), SchemaStrictness.FitsAnthropic(element)));
    }

    private static ChatResponse OpenAi(string body) => OpenAiWire.Reply(ReplyJson.Parse(Encoding.UTF8.GetBytes(body)));

    private static ChatResponse Anthropic(string body) => AnthropicWire.Reply(ReplyJson.Parse(Encoding.UTF8.GetBytes(body)));
}
