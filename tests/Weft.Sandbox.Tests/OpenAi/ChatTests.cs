using System.Text.Json;
using System.Text.Json.Nodes;
using OpenAI.Chat;
using Weft.Sandbox.Script;

namespace Weft.Sandbox.Tests.OpenAi;

public sealed class ChatTests : SandboxTest
{
    private const string IntentSchema = """
        {"type":"object","properties":{
          "intent":{"type":"string","enum":["order_status","return_request","complaint","general_inquiry"]},
          "confidence":{"type":"number"},"entities":{"type":"object"}},
         "required":["intent","confidence","entities"]}
        """;

    [Fact]
    public async Task Chat_PlainQuestion_AnswersTextWithUsageAndHeaders()
    {
        var result = await OpenAi().CompleteChatAsync(
            [new SystemChatMessage("You are a support agent."), new UserChatMessage("Do you ship to Norway?")],
            cancellationToken: Deadline);

        Assert.Equal(ChatFinishReason.Stop, result.Value.FinishReason);
        Assert.Contains("Norway", result.Value.Content[0].Text, StringComparison.Ordinal);
        Assert.InRange(result.Value.Usage.InputTokenCount, 10, 60);
        Assert.True(result.Value.Usage.OutputTokenCount > 5);
        Assert.True(result.GetRawResponse().Headers.TryGetValue("x-request-id", out _));
        Assert.True(result.GetRawResponse().Headers.TryGetValue("x-ratelimit-remaining-requests", out var left));
        Assert.Equal("9999", left);
    }

    [Fact]
    public async Task Chat_SameRequestTwice_AnswersTheSame()
    {
        var first = await OpenAi().CompleteChatAsync([new UserChatMessage("Where is order 12345?")], cancellationToken: Deadline);
        var second = await OpenAi().CompleteChatAsync([new UserChatMessage("Where is order 12345?")], cancellationToken: Deadline);

        Assert.Equal(first.Value.Content[0].Text, second.Value.Content[0].Text);
        Assert.Equal(first.Value.Id, second.Value.Id);
    }

    [Theory]
    [InlineData("I want to return my order #12345, it arrived damaged", "return_request", "12345")]
    [InlineData("Where is my order #12346? It should have arrived by now.", "order_status", "12346")]
    [InlineData("This is unacceptable! Your service is terrible and I am angry.", "complaint", null)]
    [InlineData("What are your opening hours?", "general_inquiry", null)]
    public async Task Chat_WithAnIntentSchema_ClassifiesByTheCustomersWords(string message, string intent, string? orderId)
    {
        var options = new ChatCompletionOptions { ResponseFormat =
            ChatResponseFormat.CreateJsonSchemaFormat("intent", BinaryData.FromString(IntentSchema)) };
        var prompt =
            $"Classify the customer's intent from this message:\n\nCustomer: {message}\n\nReturn JSON with: intent, confidence (0-1), "
            + $"entities";

        var completion = (await OpenAi().CompleteChatAsync([new UserChatMessage(prompt)], options, Deadline)).Value;

        var answer = JsonNode.Parse(completion.Content[0].Text)!;
        Assert.Equal(intent, (string?)answer["intent"]);
        Assert.InRange((double)answer["confidence"]!, 0.5, 1);
        Assert.Equal(orderId, (string?)answer["entities"]!["order_id"]);
    }

    [Fact]
    public async Task Chat_InJsonModeWithoutASchema_AnswersAnObject()
    {
        var options = new ChatCompletionOptions { ResponseFormat = ChatResponseFormat.CreateJsonObjectFormat() };

        var completion = (await OpenAi("gpt-3.5-turbo").CompleteChatAsync(
            [new UserChatMessage("Customer: I want my money back, the lamp is broken. Answer in JSON.")], options, Deadline)).Value;

        Assert.NotEmpty((string)JsonNode.Parse(completion.Content[0].Text)!["answer"]!);
    }

    [Fact]
    public async Task Chat_WithTools_CallsThemInTheOrderOfTheStepsAndConcludesWithTheirFacts()
    {
        var log = new List<string>();

        var answer = await WorkAsync(
            "Customer asked about order status.\nOrder ID: 12346\n\n1. Get order details\n2. Get tracking information\n3. Provide clear "
            + "status update",
            log, new ChatCompletionOptions(), Tool("shopify_get_order", "order_id"), Tool("shopify_get_tracking_info", "order_id"));

        Assert.Equal(["shopify_get_order {\"order_id\":\"12346\"}", "shopify_get_tracking_info {\"order_id\":\"12346\"}"], log);
        Assert.Contains("TRK-774912345678", answer, StringComparison.Ordinal);
        Assert.Contains("FedEx", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithTheReturnGoal_WorksItThroughToTheMail()
    {
        var log = new List<string>();

        var answer = await WorkAsync(ReturnGoal("12345"), log, new ChatCompletionOptions(), ReturnTools());

        Assert.Equal(["shopify_get_order", "shopify_create_return", "shopify_generate_return_label", "gmail_send_email"],
            log.Select(line => line.Split(' ')[0]));
        Assert.Contains("RET-456", answer, StringComparison.Ordinal);
        Assert.Contains("/shop/labels/RET-456.pdf", answer, StringComparison.Ordinal);
        var mail = Assert.Single(Sandbox.State.ToJson()["mail"]!["sent"]!.AsArray());
        Assert.Equal("john@example.com", (string?)mail!["to"]![0]);
        Assert.Contains("RET-456", (string?)mail["subject"], StringComparison.Ordinal);
        Assert.Contains("/shop/labels/RET-456.pdf", (string?)mail["body"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99999", "escalating this to a human")]
    [InlineData("10001", "store credit")]
    [InlineData("10002", "already exists")]
    public async Task Chat_WithAReturnThatCannotBe_StopsAndSaysWhatHappensInstead(string orderId, string said)
    {
        var log = new List<string>();

        var answer = await WorkAsync(ReturnGoal(orderId), log, new ChatCompletionOptions(), ReturnTools());

        Assert.Equal(["shopify_get_order"], log.Select(line => line.Split(' ')[0]));
        Assert.Contains(said, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithAScriptOfTwoCalls_AsksForBothInOneTurn()
    {
        Sandbox.Script.Set(
            new ScriptRule { Reply = new ScriptReply { ToolCalls = [new ScriptCall { Name = "shopify_get_order" },
                new ScriptCall { Name = "shopify_get_tracking_info" }] } });
        var options = new ChatCompletionOptions();
        options.Tools.Add(Tool("shopify_get_order", "order_id"));
        options.Tools.Add(Tool("shopify_get_tracking_info", "order_id"));

        var completion = (await OpenAi().CompleteChatAsync([new UserChatMessage("Both, please")], options, Deadline)).Value;

        Assert.Equal(["shopify_get_order", "shopify_get_tracking_info"], completion.ToolCalls.Select(call => call.FunctionName));
        Assert.Equal(2, completion.ToolCalls.Select(call => call.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Chat_WithAForcedTool_CallsItWithArgumentsThatFit()
    {
        var options = new ChatCompletionOptions { ToolChoice = ChatToolChoice.CreateFunctionChoice("emit") };
        options.Tools.Add(ChatTool.CreateFunctionTool("emit", "Emits the result", BinaryData.FromString(IntentSchema)));

        var completion = (await OpenAi().CompleteChatAsync(
            [new UserChatMessage("Customer: the lamp is broken, please refund order 12347")], options, Deadline)).Value;

        var call = Assert.Single(completion.ToolCalls);
        var arguments = JsonNode.Parse(call.FunctionArguments)!;
        Assert.Equal("emit", call.FunctionName);
        Assert.Equal("return_request", (string?)arguments["intent"]);
    }

    [Fact]
    public async Task Chat_Streaming_CarriesTextFinishAndUsage()
    {
        var text = string.Empty;
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;

        await foreach (var update in OpenAi().CompleteChatStreamingAsync(
            [new UserChatMessage("Where is order 12346?")], cancellationToken: Deadline))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }

        var whole = await OpenAi().CompleteChatAsync([new UserChatMessage("Where is order 12346?")], cancellationToken: Deadline);
        Assert.Equal(whole.Value.Content[0].Text, text);
        Assert.Equal(ChatFinishReason.Stop, finish);
        Assert.Equal(whole.Value.Usage.OutputTokenCount, usage!.OutputTokenCount);
    }

    [Fact]
    public async Task Chat_StreamingAToolCall_SendsItsArgumentsInFragments()
    {
        var options = new ChatCompletionOptions();
        options.Tools.Add(Tool("shopify_get_order", "order_id"));
        var names = new List<string>();
        var arguments = string.Empty;

        await foreach (var update in OpenAi().CompleteChatStreamingAsync([new UserChatMessage("1. Get order 12346")], options, Deadline))
        {
            foreach (var part in update.ToolCallUpdates)
            {
                if (part.FunctionName is { } name)
                {
                    names.Add(name);
                }

                arguments += part.FunctionArgumentsUpdate is { } fragment && !fragment.ToMemory().IsEmpty ? fragment.ToString()
                    : string.Empty;
            }
        }

        Assert.Equal(["shopify_get_order"], names);
        Assert.Equal("12346", (string?)JsonNode.Parse(arguments)!["order_id"]);
    }

    [Fact]
    public async Task Chat_WithALongStablePrefix_IsBilledFromTheCacheTheSecondTime()
    {
        var system =
            new SystemChatMessage(string.Join(' ', Enumerable.Repeat("You answer questions of customers politely and briefly.", 120)));

        var first = await OpenAi().CompleteChatAsync([system, new UserChatMessage("Hello")], cancellationToken: Deadline);
        var second = await OpenAi().CompleteChatAsync([system, new UserChatMessage("Hello again")], cancellationToken: Deadline);

        Assert.Equal(0, first.Value.Usage.InputTokenDetails.CachedTokenCount);
        Assert.InRange(second.Value.Usage.InputTokenDetails.CachedTokenCount, 1024, second.Value.Usage.InputTokenCount);
    }

    [Fact]
    public async Task Chat_WithAnOutputLimit_EndsForLength()
    {
        var completion = (await OpenAi().CompleteChatAsync([new UserChatMessage("Please help me with order 12345")],
            new ChatCompletionOptions { MaxOutputTokenCount = 5 }, Deadline)).Value;

        Assert.Equal(ChatFinishReason.Length, completion.FinishReason);
        Assert.Equal(20, completion.Content[0].Text.Length);
    }

    /// <summary>Runs the tool loop against the simulated apps, and returns the final answer.</summary>
    private async Task<string> WorkAsync(string task, List<string> log, ChatCompletionOptions options, params ChatTool[] tools)
    {
        foreach (var tool in tools)
        {
            options.Tools.Add(tool);
        }

        List<ChatMessage> messages = [new SystemChatMessage("You are an agent with tools."), new UserChatMessage(task)];
        for (var turn = 0; turn < 10; turn++)
        {
            var completion = (await OpenAi("gpt-4").CompleteChatAsync(messages, options, Deadline)).Value;
            if (completion.FinishReason != ChatFinishReason.ToolCalls)
            {
                return completion.Content[0].Text;
            }

            messages.Add(new AssistantChatMessage(completion));
            foreach (var call in completion.ToolCalls)
            {
                log.Add($"{call.FunctionName} {call.FunctionArguments}");
                var result = await ExecuteAsync(call.FunctionName.ToUpperInvariant(), JsonNode.Parse(call.FunctionArguments)!.AsObject());
                messages.Add(new ToolChatMessage(call.Id, result.ToJsonString()));
            }
        }

        throw new InvalidOperationException("The model never came to an end.");
    }

    private static string ReturnGoal(string orderId) => $"""
        Process return request for order {orderId}:

        Steps:
        1. Verify order is eligible for return (< 30 days)
        2. Create return request in Shopify
        3. Generate return shipping label
        4. Send confirmation email with label to john@example.com

        Handle edge cases:
        - Order not found → escalate to human
        - Return window expired → offer store credit
        - Already returned → inform customer
        """;

    private static ChatTool[] ReturnTools() =>
    [
        Tool("shopify_get_order", "order_id"), Tool("shopify_create_return", "order_id", "reason"),
        Tool("shopify_generate_return_label", "order_id"), Tool("gmail_send_email", "recipient_email", "subject", "body"),
    ];

    private static ChatTool Tool(string name, params string[] parameters) =>
        ChatTool.CreateFunctionTool(name, name.Replace('_', ' '), BinaryData.FromString(new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(
            parameters.Select(parameter => new KeyValuePair<string, JsonNode?>(parameter, new JsonObject { ["type"] = "string" }))),
        ["required"] = new JsonArray([.. parameters.Select(parameter => (JsonNode)parameter)]),
    }.ToJsonString()));
}
