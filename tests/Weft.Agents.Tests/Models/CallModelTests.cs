using System.Text.Json.Nodes;
using Weft.Agents.Models.Records;
using Weft.Agents.Payloads;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using Weft.Sandbox;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Script;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tests.Models;

public sealed class CallModelTests
{
    private const string ClosedIntent =
        """{"type":"object","properties":{"intent":{"type":"string"}},"required":["intent"],"additionalProperties":false}""";

    private static ScriptRule GetOrder => new()
    {
        Reply = new ScriptReply
        {
            ToolCalls = [new ScriptCall { Name = "shopify_get_order", Arguments = new JsonObject { ["order_id"] = "1001" } }],
        },
    };

    private static ScriptRule Saying(string text, string whenTold) =>
        new() { Match = new ScriptMatch { Contains = whenTold }, Reply = new ScriptReply { Text = text } };

    [Theory]
    [InlineData("gpt-3.5-turbo")]
    [InlineData("gpt-4o")]
    [InlineData("gpt-5-mini")]
    [InlineData("claude-3-haiku")]
    [InlineData("claude-sonnet-4-5")]
    [InlineData("gemini-2.5-flash")]
    [InlineData("llama-3.1-8b-instant")]
    [InlineData("llama3.1")]
    [InlineData("azure/gpt-4o")]
    public async Task Call_OfAModelOfEachProvider_Replies(string model)
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Script.Set(new ScriptRule { Reply = new ScriptReply { Text = "Good morning." } });

        var reply = await bench.ReplyAsync(ModelBench.Call(model) with { Temperature = 0.2, MaxTokens = 300 });

        Assert.Equal("Good morning.", (string?)reply.Message.Content);
        Assert.Equal("stop", reply.FinishReason);
        Assert.True(reply.Usage is { InputTokens: > 0, OutputTokens: > 0, Estimated: false });
    }

    [Fact]
    public async Task Env_OfAStep_IsReadByItsPrompts()
    {
        await using var bench = await ModelBench.OnSandboxAsync(BenchSettings.With("TEAM", "host-team"));
        var prompt = Template.Parse("{{ .env.TEAM }} and {{ .env.LEVEL }}").Render(new ExpressionScope()).Text;
        var level = Template.Parse("step of {{ .env.TEAM }}").Render(new ExpressionScope()).Text;
        var env = new Dictionary<string, string> { ["LEVEL"] = level };

        await bench.ReplyAsync(ModelBench.Call("gpt-4", prompt, scope: ModelBench.Scope with { Env = env }));

        Assert.Contains("host-team and step of host-team", Assert.Single(bench.Sandbox!.Log.Entries).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatReplied_CostsWhatItsUsageAndTheCatalogSay()
    {
        await using var bench = await ModelBench.OnSandboxAsync();

        var reply = await bench.ReplyAsync(ModelBench.Call("gpt-4", new string('x', 4000)));

        Assert.Equal(((reply.Usage.InputTokens * 0.03) + (reply.Usage.OutputTokens * 0.06)) / 1000, reply.CostUsd!.Value, 9);
    }

    [Fact]
    public async Task Call_ThatIsDeliveredAgain_AnswersFromTheRecord()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        var first = await bench.ReplyAsync(ModelBench.Call("gpt-3.5-turbo"));

        var second = await bench.ReplyAsync(ModelBench.Call("gpt-3.5-turbo"));

        Assert.Equal((string?)first.Message.Content, (string?)second.Message.Content);
        Assert.Equal(first.CostUsd, second.CostUsd);
        Assert.Single(bench.Sandbox!.Log.Entries);
    }

    [Fact]
    public async Task Call_IsRecordedWithWhatItTook()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        var reply = await bench.ReplyAsync(ModelBench.Call("claude-3-haiku"));

        var record = Assert.Single(await bench.CallsAsync());

        Assert.Equal(
            ("support", "classify", "fast", "claude-3-haiku", true),
            (record.WorkflowId, record.NodeId, record.RequestedProfile, record.SelectedModel, record.Success));
        Assert.Equal(
            (reply.Usage.InputTokens, reply.Usage.OutputTokens, reply.CostUsd),
            (record.ActualInputTokens, record.ActualOutputTokens, record.ActualCost));
        Assert.Equal((200, 0.001), (record.EstimatedTokens, record.EstimatedCost));
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("claude-sonnet-4-5")]
    public async Task Call_WithTools_ReadsWhatTheModelAsksFor(string model)
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Script.Set(GetOrder);

        var reply = await bench.ReplyAsync(ModelBench.Call(model) with { Tools = ["shopify.get_order"], ToolChoice = "required" });

        var call = Assert.Single(reply.Message.ToolCalls);
        Assert.Equal(("shopify_get_order", "tool_calls"), (call.Name, reply.FinishReason));
        Assert.Equal("1001", (string?)call.Arguments!["order_id"]);
    }

    [Fact]
    public async Task Call_WithArgumentsThatAreNoJson_SaysSoToTheModel()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Script.Set(GetOrder);
        bench.Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.MalformedJson });

        var reply = await bench.ReplyAsync(ModelBench.Call("gpt-4o") with { Tools = ["shopify.get_order"] });

        var call = Assert.Single(reply.Message.ToolCalls);
        Assert.Null(call.Arguments);
        Assert.Contains("no JSON object", call.ArgumentsError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("claude-sonnet-4-5")]
    [InlineData("gpt-3.5-turbo")]
    public async Task Call_OnAConversationWithToolResults_IsAccepted(string model)
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        var asked = new ChatTurn
        {
            Role = "assistant",
            Content = "Checking.",
            ToolCalls =
            [
                new ToolInvocation("call:1", "shopify_get_order", new JsonObject { ["order_id"] = "1" }),
                new ToolInvocation("call:2", "shopify_get_order", null, "no JSON"),
            ],
        };

        var reply = await bench.ReplyAsync(ModelBench.Call(model) with
        {
            Messages =
            [
                ChatTurn.System("Help."),
                ChatTurn.User("Where are they?"),
                asked,
                ChatTurn.Tool("call:1", new JsonObject { ["status"] = "open" }),
                ChatTurn.Tool("call:2", "bad arguments"),
            ],
            Tools = ["shopify.get_order"],
        });

        Assert.NotEmpty(reply.FinishReason);
    }

    [Theory]
    [InlineData("gpt-4o", ClosedIntent)]
    [InlineData("gpt-4o", """{"type":"object","properties":{"intent":{"type":"string"},"entities":{"type":"object"}}}""")]
    [InlineData("gpt-3.5-turbo", """{"type":"object","properties":{"intent":{"type":"string"}}}""")]
    [InlineData("gpt-4", """{"type":"object","properties":{"intent":{"type":"string"}}}""")]
    [InlineData("claude-3-haiku", """{"type":"object","properties":{"intent":{"type":"string"}}}""")]
    [InlineData("claude-sonnet-4-5", """{"type":"object","properties":{"intent":{"type":"string"}},"additionalProperties":false}""")]
    public async Task Call_WithAnOutputSchema_IsAcceptedByTheModelAndAnsweredInJson(string model, string schema)
    {
        await using var bench = await ModelBench.OnSandboxAsync();

        var call = ModelBench.Call(model, "I want my money back") with { OutputSchema = JsonNode.Parse(schema)!.AsObject() };
        var reply = await bench.ReplyAsync(call);

        Assert.NotNull(JsonNode.Parse((string)reply.Message.Content!)!["intent"]);
    }

    [Fact]
    public async Task Call_WhoseReplyIsLarge_AnswersAStandIn()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Script.Set(new ScriptRule { Reply = new ScriptReply { Text = new string('r', 40_000) } });

        var reply = await bench.ReplyAsync(ModelBench.Call("gpt-4o") with { MaxTokens = 16_000 });

        Assert.NotNull(PayloadReference.HashOf(reply.Message.Content));
        Assert.Equal(40_000, ((string)(await bench.Get<ContextStore>().LoadAsync(reply.Message.Content, bench.Deadline))!).Length);
        Assert.NotNull(PayloadReference.HashOf((await bench.ReplyAsync(ModelBench.Call("gpt-4o"))).Message.Content));
    }

    [Fact]
    public async Task Call_WithAStoredPrompt_SendsItWhole()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        var prompt = await bench.Get<ContextStore>().OffloadAsync("the-needle " + new string('p', 30_000), bench.Deadline);
        bench.Sandbox!.Script.Set(Saying("found", whenTold: "the-needle"));

        var reply = await bench.ReplyAsync(ModelBench.Call("gpt-4o") with { Messages = [ChatTurn.User(prompt!)] });

        Assert.Equal("found", (string?)reply.Message.Content);
    }

    [Fact]
    public async Task Call_WithASecretInItsPrompt_SendsTheValueAndKeepsItOutOfTheRecord()
    {
        await using var bench = await ModelBench.OnSandboxAsync(BenchSettings.With("CRM_TOKEN", "tok-8731-xyzzy"));
        bench.Sandbox!.Script.Set(Saying("You said tok-8731-xyzzy.", whenTold: "tok-8731-xyzzy"));
        var mark = Template.Parse("Use {{ env.CRM_TOKEN }}.").Render(new ExpressionScope()).Text;

        var reply = await bench.ReplyAsync(ModelBench.Call("gpt-4o") with { Messages = [ChatTurn.User(mark)] });

        Assert.Equal("You said [env.CRM_TOKEN].", (string?)reply.Message.Content);
        Assert.DoesNotContain("xyzzy", string.Join("\n", bench.Logs.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_OfAWorkflowsOwnModel_UsesItsKeyEndpointAndPrice()
    {
        var definition = Definition(new ModelDefinition
        {
            Name = "house",
            Provider = "house",
            Model = "house-7b",
            BaseUrl = "{{ .env.HOUSE_URL }}",
            ApiKey = "{{ .env.HOUSE_KEY }}",
            CostPer1kInput = 0.5,
            CostPer1kOutput = 1,
        });
        await using var probe = await ModelBench.OnSandboxAsync();
        await using var bench = ModelBench.Without(new BenchSettings
        {
            Definition = definition,
            Values = new Dictionary<string, string?>
            {
                ["HOUSE_URL"] = probe.Sandbox!.EnvironmentVariables["OPENAI_BASE_URL"],
                ["HOUSE_KEY"] = "sandbox-house",
            },
        });

        var house = new RankedModel("house", "house", "house-7b", 1, 0, 0);
        var reply = await bench.ReplyAsync(ModelBench.Call("gpt-4o") with { Model = house });

        Assert.Equal(((reply.Usage.InputTokens * 0.5) + reply.Usage.OutputTokens) / 1000, reply.CostUsd!.Value, 9);
        Assert.Equal("house-7b", Assert.Single(probe.Sandbox.Log.Entries).Model);
    }

    [Fact]
    public async Task Call_OfAModelThatRefusesItsTemperature_IsMadeAgainWithoutIt()
    {
        await using var bench = await ModelBench.OnSandboxAsync(new BenchSettings
        {
            Definition = Definition(new ModelDefinition { Name = "gpt-5-next", Provider = "openai", Model = "gpt-5-next" }),
        });
        var next = new RankedModel("gpt-5-next", "openai", "gpt-5-next", 1, 0, 0);
        var request = ModelBench.Call("gpt-4o") with { Model = next, Temperature = 0.3 };

        await bench.ReplyAsync(request);
        await bench.ReplyAsync(request with { CallId = "second" });

        Assert.Equal([400, 200, 200], bench.Sandbox!.Log.Entries.Select(e => e.Status));
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("claude-sonnet-4-5")]
    public async Task Call_WithAnImage_IsAccepted(string model)
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        const string Image = """{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}""";
        var parts = JsonNode.Parse($$"""[{"type":"text","text":"What is it?"},{{Image}}]""")!;

        var reply = await bench.ReplyAsync(ModelBench.Call(model) with { Messages = [ChatTurn.User(parts)] });

        Assert.NotEmpty((string)reply.Message.Content!);
    }

    [Fact]
    public async Task Call_WhoseReplyIsOverTheLimit_IsAMalformedReply()
    {
        await using var bench = await ModelBench.OnSandboxAsync(BenchSettings.With("Weft:Models:MaxReplyBytes", "65536"));
        bench.Sandbox!.Script.Set(new ScriptRule { Reply = new ScriptReply { Text = new string('r', 70_000) } });

        var failure = await bench.FailureAsync(ModelBench.Call("claude-sonnet-4-5") with { MaxTokens = 64_000 });

        Assert.Equal(
            ("malformed_reply", "anthropic/claude-sonnet-4-5 answered badly: the reply is larger than 65,536 bytes."),
            (failure.Kind, failure.Message));
    }

    internal static WorkflowDefinition Definition(params ModelDefinition[] models) => new()
    {
        Id = "support",
        Dialect = Dialect.Graph,
        Body = new GraphBody([], []),
        Models = models,
    };
}
