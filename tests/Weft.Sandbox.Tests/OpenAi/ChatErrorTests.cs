using System.ClientModel;
using System.Text.Json.Nodes;
using OpenAI.Chat;

namespace Weft.Sandbox.Tests.OpenAi;

public sealed class ChatErrorTests : SandboxTest
{
    private const string OpenSchema =
        """{"type":"object","properties":{"answer":{"type":"string"},"note":{"type":"string"}},"required":["answer"]}""";

    protected override SandboxOptions Options => new() { Models = ["gpt-4o-mini", "gpt-4", "gpt-3.5-turbo", "gpt-5-mini"] };

    [Theory]
    [InlineData("sk-a-real-key-that-should-never-come-here", "invalid_api_key")]
    public async Task Chat_WithAForeignKey_IsRefusedWithoutQuotingIt(string key, string code)
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(
            () => OpenAi(key: key).CompleteChatAsync([new UserChatMessage("Hello")], cancellationToken: Deadline));

        Assert.Equal(401, error.Status);
        Assert.Equal(code, Body(error)["error"]!["code"]!.GetValue<string>());
        Assert.DoesNotContain(key, error.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithAnUnknownModel_IsNotFound()
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(
            () => OpenAi("gpt-99").CompleteChatAsync([new UserChatMessage("Hello")], cancellationToken: Deadline));

        Assert.Equal(404, error.Status);
        Assert.Equal("model_not_found", (string?)Body(error)["error"]!["code"]);
    }

    [Fact]
    public async Task Chat_WithAStrictSchemaThatIsOpen_IsRefusedAsByTheService()
    {
        var error = await FailsAsync("gpt-4o-mini",
            new ChatCompletionOptions { ResponseFormat =
                ChatResponseFormat.CreateJsonSchemaFormat("answer", BinaryData.FromString(OpenSchema), jsonSchemaIsStrict: true) });

        Assert.Equal(400, error.Status);
        Assert.Contains("'additionalProperties' is required", (string?)Body(error)["error"]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithASchemaOnAModelThatTakesNone_IsRefused()
    {
        var error = await FailsAsync("gpt-4",
            new ChatCompletionOptions { ResponseFormat =
                ChatResponseFormat.CreateJsonSchemaFormat("answer", BinaryData.FromString(OpenSchema)) });

        Assert.Equal(400, error.Status);
        Assert.Contains("not supported with this model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_InJsonModeWithoutTheWordJson_IsRefused()
    {
        var error =
            await FailsAsync("gpt-3.5-turbo", new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonObjectFormat() });

        Assert.Equal(400, error.Status);
        Assert.Contains("must contain the word 'json'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithATemperatureOnAReasoningModel_IsRefused()
    {
        var error = await FailsAsync("gpt-5-mini", new ChatCompletionOptions { Temperature = 0.2f });

        Assert.Equal("unsupported_value", (string?)Body(error)["error"]!["code"]);
    }

    [Fact]
    public async Task Chat_BeyondTheContextWindow_IsRefusedWithItsCode()
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(
            () => OpenAi("gpt-4").CompleteChatAsync([new UserChatMessage(new string('x', 40_000))], cancellationToken: Deadline));

        Assert.Equal("context_length_exceeded", (string?)Body(error)["error"]!["code"]);
    }

    [Fact]
    public async Task Chat_WithACallLeftUnanswered_IsRefused()
    {
        List<ChatMessage> messages = [new UserChatMessage("Hello"),
            new AssistantChatMessage([ChatToolCall.CreateFunctionToolCall("call_1", "get", BinaryData.FromString("{}"))]),
            new UserChatMessage("Well?")];

        var error =
            await Assert.ThrowsAsync<ClientResultException>(() => OpenAi().CompleteChatAsync(messages, cancellationToken: Deadline));

        Assert.Equal(400, error.Status);
        Assert.Contains("call_1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithABodyThatIsNoJson_IsABadRequest()
    {
        var http = Http("openai/v1/");
        http.DefaultRequestHeaders.Add("Authorization", "Bearer sandbox-test");

        var response = await http.PostAsync("chat/completions", Json("{\"model\": "), Deadline);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("invalid_request_error", (string?)(await ReadAsync(response))["error"]!["type"]);
    }

    private async Task<ClientResultException> FailsAsync(string model, ChatCompletionOptions options) =>
        await Assert.ThrowsAsync<ClientResultException>(
            () => OpenAi(model).CompleteChatAsync([new UserChatMessage("Hello there")], options, Deadline));

    private static JsonNode Body(ClientResultException error) => JsonNode.Parse(error.GetRawResponse()!.Content.ToString())!;
}
