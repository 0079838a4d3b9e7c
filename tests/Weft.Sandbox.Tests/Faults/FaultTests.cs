using System.ClientModel;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using OpenAI.Chat;
using Weft.Sandbox.Faults;

namespace Weft.Sandbox.Tests.Faults;

public sealed class FaultTests : SandboxTest
{
    [Theory]
    [InlineData(FaultKind.RateLimit, null, 429, "rate_limit_exceeded")]
    [InlineData(FaultKind.Quota, null, 429, "insufficient_quota")]
    [InlineData(FaultKind.Unauthorized, null, 401, "invalid_api_key")]
    [InlineData(FaultKind.ServerError, 503, 503, "server_is_overloaded")]
    [InlineData(FaultKind.ServerError, null, 500, null)]
    public async Task OpenAi_WithAnErrorFault_FailsInTheServicesShape(FaultKind kind, int? ruleStatus, int status, string? code)
    {
        Sandbox.Faults.Set(new FaultRule { Target = "openai", Kind = kind, Status = ruleStatus });

        var error = await Assert.ThrowsAsync<ClientResultException>(() => AskOpenAiAsync());

        Assert.Equal(status, error.Status);
        Assert.Equal(code, (string?)JsonNode.Parse(error.GetRawResponse()!.Content.ToString())!["error"]!["code"]);
    }

    [Fact]
    public async Task OpenAi_RateLimited_SaysWhenToComeBack()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.RateLimit, RetryAfter = 7 });

        var error = await Assert.ThrowsAsync<ClientResultException>(() => AskOpenAiAsync());

        Assert.True(error.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var seconds));
        Assert.Equal("7", seconds);
    }

    [Fact]
    public async Task OpenAi_WithAnHtmlFault_AnswersAPage()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.HtmlError });

        var error = await Assert.ThrowsAsync<ClientResultException>(() => AskOpenAiAsync());

        Assert.Equal(502, error.Status);
        Assert.Contains("<html>", error.GetRawResponse()!.Content.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAi_HitOnTheFirstTwo_WorksOnTheThird()
    {
        Sandbox.Faults.Set(new FaultRule { Target = "openai", Kind = FaultKind.ServerError, First = 2 });

        await Assert.ThrowsAsync<ClientResultException>(() => AskOpenAiAsync());
        await Assert.ThrowsAsync<ClientResultException>(() => AskOpenAiAsync());
        await AskOpenAiAsync();
    }

    [Fact]
    public async Task OpenAi_CutInTheBody_IsABrokenConnection()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.CutBody });

        var error = await Record.ExceptionAsync(() => AskOpenAiAsync());

        Assert.NotNull(error);
        Assert.False(error is ClientResultException { Status: > 0 }, error.ToString());
    }

    [Fact]
    public async Task OpenAi_CutInTheStream_BreaksIt()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.CutStream });

        var (_, finish, error) = await StreamAsync();

        Assert.Null(finish);
        Assert.NotNull(error);
    }

    [Fact]
    public async Task OpenAi_StreamEndedEarly_LacksItsFinishAndThrowsNothing()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.EndStream });

        var (text, finish, error) = await StreamAsync();

        Assert.NotEmpty(text);
        Assert.Null(finish);
        Assert.Null(error);
    }

    [Fact]
    public async Task OpenAi_Hanging_IsLeftWhenTheClientGivesUp()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.Hang, Nth = 1 });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Deadline);

        var asking = OpenAi().CompleteChatAsync([new UserChatMessage("Hello")], cancellationToken: patience.Token);
        var entry = await Sandbox.Log.WaitForAsync(item => item.Fault == "hang", Deadline);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(0, entry.Status);
    }

    [Fact]
    public async Task OpenAi_MalformedJson_SpoilsTheTextAndNotTheProtocol()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.MalformedJson });

        var completion = await AskForJsonAsync();

        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(completion.Content[0].Text));
    }

    [Fact]
    public async Task OpenAi_SchemaViolation_IsJsonThatDoesNotFit()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.SchemaViolation });

        var answer = JsonNode.Parse((await AskForJsonAsync()).Content[0].Text)!.AsObject();

        Assert.False(answer.ContainsKey("intent"));
        Assert.True(answer.ContainsKey("unexpected"));
    }

    [Theory]
    [InlineData(FaultKind.Empty, ChatFinishReason.Stop)]
    [InlineData(FaultKind.Truncated, ChatFinishReason.Length)]
    public async Task OpenAi_WithAModelThatFallsShort_EndsWellFormed(FaultKind kind, ChatFinishReason finish)
    {
        Sandbox.Faults.Set(new FaultRule { Kind = kind });

        var completion = await AskOpenAiAsync();

        Assert.Equal(finish, completion.FinishReason);
        Assert.Equal(kind == FaultKind.Empty, string.Concat(completion.Content.Select(part => part.Text)).Length == 0);
    }

    [Fact]
    public async Task OpenAi_Refusing_SaysSoInItsOwnField()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.Refusal });

        Assert.Contains("can't help", (await AskOpenAiAsync()).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAi_WrongToolName_CallsWhatWasNotOffered()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.WrongToolName });
        var options = new ChatCompletionOptions();
        options.Tools.Add(
            ChatTool.CreateFunctionTool("shopify_get_order", "Get order",
                BinaryData.FromString("""{"type":"object","properties":{"order_id":{"type":"string"}},"required":["order_id"]}""")));

        var completion = (await OpenAi().CompleteChatAsync([new UserChatMessage("1. Get order 12345")], options, Deadline)).Value;

        Assert.Equal("shopify_get_order_v2", Assert.Single(completion.ToolCalls).FunctionName);
    }

    [Fact]
    public async Task OpenAi_SlowDrip_ArrivesWhole()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.SlowDrip, Ms = 1 });

        Assert.NotEmpty((await AskOpenAiAsync()).Content[0].Text);
    }

    [Fact]
    public async Task Anthropic_Overloaded_Is529()
    {
        Sandbox.Faults.Set(new FaultRule { Target = "anthropic", Kind = FaultKind.ServerError, Status = 529 });

        var error = await Assert.ThrowsAnyAsync<AnthropicApiException>(() => Claude().Messages.Create(Ask(), Deadline));

        Assert.Equal(529, (int)error.StatusCode);
        Assert.Contains("overloaded_error", error.ResponseBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.RateLimit, 429, "rate_limit_error")]
    [InlineData(FaultKind.Quota, 400, "API usage limits")]
    [InlineData(FaultKind.Unauthorized, 401, "authentication_error")]
    public async Task Anthropic_WithAnErrorFault_FailsInTheServicesShape(FaultKind kind, int status, string said)
    {
        Sandbox.Faults.Set(new FaultRule { Target = "anthropic", Kind = kind });

        var error = await Assert.ThrowsAnyAsync<AnthropicApiException>(() => Claude().Messages.Create(Ask(), Deadline));

        Assert.Equal(status, (int)error.StatusCode);
        Assert.Contains(said, error.ResponseBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anthropic_WithAnErrorInTheStream_ThrowsMidway()
    {
        Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.StreamError });

        var error = await Record.ExceptionAsync(async () =>
        {
            await foreach (var _ in Claude().Messages.CreateStreaming(Ask(), Deadline))
            {
            }
        });

        Assert.IsType<AnthropicSseException>(error);
    }

    [Theory]
    [InlineData(FaultKind.RateLimit, null, 429)]
    [InlineData(FaultKind.ServerError, 503, 503)]
    [InlineData(FaultKind.HtmlError, 504, 504)]
    [InlineData(FaultKind.HttpError, 422, 422)]
    public async Task Composio_WithAnErrorFault_FailsWithoutEffect(FaultKind kind, int? ruleStatus, int status)
    {
        Sandbox.Faults.Set(new FaultRule { Target = "composio", Tool = "SHOPIFY_CREATE_*", Kind = kind, Status = ruleStatus });

        var response = await CreateReturnAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(0, Returns());
    }

    [Fact]
    public async Task Composio_RateLimited_HasItsTextAtTheTop()
    {
        Sandbox.Faults.Set(new FaultRule { Target = "composio", Kind = FaultKind.RateLimit, RetryAfter = 17 });

        var response = await CreateReturnAsync();

        Assert.Equal(TimeSpan.FromSeconds(17), response.Headers.RetryAfter!.Delta);
        Assert.StartsWith("Rate limit exceeded", (string?)(await ReadAsync(response))["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Composio_CutAfterTheEffect_LosesTheAnswerAndKeepsTheReturn()
    {
        Sandbox.Faults.Set(new FaultRule { Target = "composio", Kind = FaultKind.CutBody, First = 1 });

        await Assert.ThrowsAnyAsync<HttpRequestException>(
            async () => await (await CreateReturnAsync()).Content.ReadAsStringAsync(Deadline));

        Assert.Equal(1, Returns());
        Assert.Equal("RET-456",
            (string?)(await ExecuteAsync(
                "SHOPIFY_CREATE_RETURN", new JsonObject { ["order_id"] = "12345" }, idempotencyKey: "once"))["data"]!["return_id"]);
    }

    [Fact]
    public async Task Composio_ServerErrorAfterTheEffect_KeepsTheReturn()
    {
        Sandbox.Faults.Set(new FaultRule { Target = "composio", Kind = FaultKind.ServerError, Status = 504, Effect = true });

        Assert.Equal(HttpStatusCode.GatewayTimeout, (await CreateReturnAsync()).StatusCode);
        Assert.Equal(1, Returns());
    }

    [Theory]
    [InlineData(FaultKind.ProviderError, "internal error")]
    [InlineData(FaultKind.Quota, "quota")]
    public async Task Composio_WithAProviderFault_Is200AndNotSuccessful(FaultKind kind, string said)
    {
        Sandbox.Faults.Set(new FaultRule { Target = "composio", Kind = kind });

        var answer = await ReadAsync(await CreateReturnAsync());

        Assert.False((bool)answer["successful"]!);
        Assert.Contains(said, (string?)answer["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_WithAProbability_HitTheSameRequestsForTheSameSeed()
    {
        async Task<string> RunAsync()
        {
            Sandbox.Faults.Set(new FaultRule { Target = "composio", Kind = FaultKind.ServerError, Probability = 0.5, Seed = 7 });
            var hits = string.Empty;
            for (var i = 0; i < 20; i++)
            {
                hits += (await Composio().GetAsync("tools/enum", Deadline)).IsSuccessStatusCode ? '.' : 'x';
            }

            return hits;
        }

        var first = await RunAsync();

        Assert.Contains('x', first);
        Assert.Contains('.', first);
        Assert.Equal(first, await RunAsync());
    }

    [Fact]
    public async Task Faults_PutOverHttp_AreCountedAndLogged()
    {
        var http = Http(string.Empty);

        var put = await http.PutAsync("faults",
            Json("""{"rules":[{"name":"every other","target":"composio","kind":"server_error","status":503,"every":2}]}"""), Deadline);
        for (var i = 0; i < 4; i++)
        {
            await Composio().GetAsync("tools/enum", Deadline);
        }

        Assert.Equal(HttpStatusCode.NoContent, put.StatusCode);
        var rule = (await ReadAsync(await http.GetAsync("faults", Deadline)))["rules"]![0]!;
        Assert.Equal((4, 2), ((int)rule["matched"]!, (int)rule["hits"]!));
        Assert.Equal([null, "every other", null, "every other"], Sandbox.Log.Entries.Select(entry => entry.Fault));
    }

    [Theory]
    [InlineData("""[{"kind":"no_such_kind"}]""", "Kinds: ")]
    [InlineData("""[{"kind":"latency","target":"gemini"}]""", "Targets: openai, anthropic, composio")]
    [InlineData("""[{"kind":"latency","nth":0}]""", "start at 1")]
    [InlineData("""{"faults":[]}""", "property 'rules'")]
    public async Task Faults_ThatAreNotValid_AreRefusedWithTheReason(string json, string reason)
    {
        var response = await Http(string.Empty).PutAsync("faults", Json(json), Deadline);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, (string?)(await ReadAsync(response))["error"], StringComparison.Ordinal);
    }

    private async Task<ChatCompletion> AskOpenAiAsync() =>
        (await OpenAi().CompleteChatAsync([new UserChatMessage("Where is order 12346?")], cancellationToken: Deadline)).Value;

    private async Task<ChatCompletion> AskForJsonAsync()
    {
        var schema =
            """{"type":"object","properties":{"intent":{"type":"string","enum":["order_status","complaint"]},"confidence":{"type":"number"}},"required":["intent","confidence"]}""";
        var options = new ChatCompletionOptions { ResponseFormat =
            ChatResponseFormat.CreateJsonSchemaFormat("intent", BinaryData.FromString(schema)) };
        return (await OpenAi().CompleteChatAsync([new UserChatMessage("Customer: where is my order?")], options, Deadline)).Value;
    }

    private async Task<(string Text, ChatFinishReason? Finish, Exception? Error)> StreamAsync()
    {
        var text = string.Empty;
        ChatFinishReason? finish = null;
        var error = await Record.ExceptionAsync(async () =>
        {
            await foreach (var update in OpenAi().CompleteChatStreamingAsync(
                [new UserChatMessage("Where is order 12346?")], cancellationToken: Deadline))
            {
                text += string.Concat(update.ContentUpdate.Select(part => part.Text));
                finish = update.FinishReason ?? finish;
            }
        });
        return (text, finish, error);
    }

    private Task<HttpResponseMessage> CreateReturnAsync()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "tools/execute/SHOPIFY_CREATE_RETURN")
        {
            Content = JsonContent.Create(
                new JsonObject { ["user_id"] = "cust_789", ["arguments"] = new JsonObject { ["order_id"] = "12345" } }),
        };
        request.Headers.Add("Idempotency-Key", "once");
        return Composio().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Deadline);
    }

    private int Returns() => Sandbox.State.ToJson()["shop"]!["returns"]!.AsArray().Count(item => (string?)item!["order_id"] == "12345");

    private static MessageCreateParams Ask() =>
        new() { Model = "claude-sonnet-4-5", MaxTokens = 1024, Messages = [new UserMessageParam("Where is order 12346?")] };
}
