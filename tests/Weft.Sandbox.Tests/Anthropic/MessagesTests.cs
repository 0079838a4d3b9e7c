using System.Text.Json;
using System.Text.Json.Nodes;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;

namespace Weft.Sandbox.Tests.Anthropic;

public sealed class MessagesTests : SandboxTest
{
    [Fact]
    public async Task Messages_PlainQuestion_AnswersTextWithUsage()
    {
        var message = await Claude().Messages.Create(Ask("Where is order 12346?"), Deadline);

        Assert.Equal("end_turn", message.StopReason?.Raw());
        Assert.Contains("12346", Text(message), StringComparison.Ordinal);
        Assert.InRange(message.Usage.InputTokens, 5, 60);
        Assert.True(message.Usage.OutputTokens > 5);
    }

    [Fact]
    public async Task Messages_WithAnOutputSchema_AnswerJsonThatFits()
    {
        var ask = Ask("Customer: I want to return my order #12345, it arrived damaged") with
        {
            OutputConfig = new OutputConfig
            {
                Format = new JsonOutputFormat
                {
                    Schema = new Dictionary<string, JsonElement>
                    {
                        ["type"] = Element("\"object\""),
                        ["properties"] = Element(
                            """{"intent":{"type":"string","enum":["order_status","return_request"]},"order_id":{"type":"string"}}"""),
                        ["required"] = Element("""["intent","order_id"]"""),
                        ["additionalProperties"] = Element("false"),
                    },
                },
            },
        };

        var answer = JsonNode.Parse(Text(await Claude().Messages.Create(ask, Deadline)))!;

        Assert.Equal("return_request", (string?)answer["intent"]);
        Assert.Equal("12345", (string?)answer["order_id"]);
    }

    [Fact]
    public async Task Messages_WithTools_CallThemInOrderAndConclude()
    {
        var client = Claude();
        List<MessageParam> said = [new UserMessageParam(
            "Customer asked about order status.\nOrder ID: 12346\n\n1. Get order details\n2. Get tracking information\n3. Provide clear "
            + "status update")];
        var called = new List<string>();
        string? answer = null;
        for (var turn = 0; turn < 6 && answer is null; turn++)
        {
            var message = await client.Messages.Create(
                Ask("") with { Messages = said, Tools = [OrderTool("shopify_get_order"), OrderTool("shopify_get_tracking_info")] },
                Deadline);
            List<ContentBlockParam> asked = [], results = [];
            foreach (var block in message.Content)
            {
                if (block.TryPickToolUse(out var use))
                {
                    called.Add(use.Name);
                    asked.Add(new ToolUseBlockParam { ID = use.ID, Name = use.Name, Input = use.Input });
                    var result =
                        await ExecuteAsync(use.Name.ToUpperInvariant(), JsonNode.Parse(JsonSerializer.Serialize(use.Input))!.AsObject());
                    results.Add(new ToolResultBlockParam { ToolUseID = use.ID, Content = result["data"]!.ToJsonString() });
                }
            }

            answer = results.Count == 0 ? Text(message) : null;
            said = [.. said, new AssistantMessageParam(asked), new UserMessageParam(results)];
        }

        Assert.Equal(["shopify_get_order", "shopify_get_tracking_info"], called);
        Assert.Contains("TRK-774912345678", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_Streaming_CarryTextUsageAndStopReason()
    {
        var text = string.Empty;
        string? stop = null;
        long input = 0, output = 0;

        await foreach (var item in Claude().Messages.CreateStreaming(Ask("Where is order 12346?"), Deadline))
        {
            if (item.TryPickStart(out var start))
            {
                input = start.Message.Usage.InputTokens;
            }
            else if (item.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickText(out var piece))
            {
                text += piece.Text;
            }
            else if (item.TryPickDelta(out var end))
            {
                stop = end.Delta.StopReason?.Raw();
                output = end.Usage.OutputTokens;
            }
        }

        var whole = await Claude().Messages.Create(Ask("Where is order 12346?"), Deadline);
        Assert.Equal(Text(whole), text);
        Assert.Equal("end_turn", stop);
        Assert.Equal(whole.Usage.InputTokens, input);
        Assert.Equal(whole.Usage.OutputTokens, output);
    }

    [Fact]
    public async Task Messages_StreamingAToolCall_SendItsInputAsFragments()
    {
        var json = string.Empty;
        var ask = Ask("1. Get order 12346") with { Tools = [OrderTool("shopify_get_order")] };

        await foreach (var item in Claude().Messages.CreateStreaming(ask, Deadline))
        {
            if (item.TryPickContentBlockDelta(out var delta) && delta.Delta.TryPickInputJson(out var piece))
            {
                json += piece.PartialJson;
            }
        }

        Assert.Equal("12346", (string?)JsonNode.Parse(json)!["order_id"]);
    }

    [Fact]
    public async Task Messages_WithAMarkedPrefix_WriteTheCacheThenReadIt()
    {
        var system = new List<TextBlockParam>
        {
            new() { Text = string.Join(' ', Enumerable.Repeat("You answer questions of customers politely and briefly.", 120)),
                CacheControl = new CacheControlEphemeral() },
        };

        var first = await Claude().Messages.Create(Ask("Hello") with { System = system }, Deadline);
        var second = await Claude().Messages.Create(Ask("Hello again") with { System = system }, Deadline);

        Assert.True(first.Usage.CacheCreationInputTokens > 1024);
        Assert.Equal(0, first.Usage.CacheReadInputTokens);
        Assert.Equal(first.Usage.CacheCreationInputTokens, second.Usage.CacheReadInputTokens);
    }

    [Fact]
    public async Task Messages_WithAForeignKey_AreUnauthorized()
    {
        var error = await Assert.ThrowsAsync<AnthropicUnauthorizedException>(
            () => Claude("sk-ant-something-real").Messages.Create(Ask("Hello"), Deadline));

        Assert.Contains("authentication_error", error.ResponseBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_WithATemperatureUnderTheNewestVersion_AreRefused()
    {
        var http = Http("anthropic/v1/");
        http.DefaultRequestHeaders.Add("x-api-key", "sandbox-test");
        http.DefaultRequestHeaders.Add("anthropic-version", "2026-10-21");

        var response = await http.PostAsync("messages",
            Json("""{"model":"claude-sonnet-4-5","max_tokens":10,"temperature":0.1,"messages":[{"role":"user","content":"Hello"}]}"""),
            Deadline);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("invalid_request_error", (string?)(await ReadAsync(response))["error"]!["type"]);
    }

    [Fact]
    public async Task Messages_WithoutMaxTokens_AreRefused()
    {
        var http = Http("anthropic/v1/");
        http.DefaultRequestHeaders.Add("x-api-key", "sandbox-test");
        http.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");

        var response = await http.PostAsync(
            "messages", Json("""{"model":"claude-sonnet-4-5","messages":[{"role":"user","content":"Hello"}]}"""), Deadline);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("max_tokens", (string?)(await ReadAsync(response))["error"]!["message"], StringComparison.Ordinal);
    }

    private static MessageCreateParams Ask(string text) =>
        new() { Model = "claude-sonnet-4-5", MaxTokens = 1024, Messages = [new UserMessageParam(text)] };

    private static Tool OrderTool(string name) => new()
    {
        Name = name,
        Description = name,
        InputSchema = new InputSchema { Properties =
            new Dictionary<string, JsonElement> { ["order_id"] = Element("""{"type":"string"}""") }, Required = ["order_id"] },
    };

    private static string Text(Message message) =>
        string.Concat(message.Content.Select(block => block.TryPickText(out var text) ? text.Text : string.Empty));
}
