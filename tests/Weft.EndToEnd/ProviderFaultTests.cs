using Weft.EndToEnd.Harness;
using Weft.Sandbox;
using Weft.Sandbox.Faults;
using Weft.Workflows.Contracts;

namespace Weft.EndToEnd;

/// <summary>What providers do to a run: it completes on another model or after a repair, and its trace says why.</summary>
public sealed class ProviderFaultTests(FaultyProviders faulty) : IClassFixture<FaultyProviders>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    [Theory]
    [InlineData(FaultKind.ServerError, "server_error")]
    [InlineData(FaultKind.HtmlError, "server_error")]
    [InlineData(FaultKind.Hang, "timeout")]
    [InlineData(FaultKind.MalformedBody, "malformed_reply")]
    [InlineData(FaultKind.CutBody, "network|malformed_reply")]
    [InlineData(FaultKind.RateLimit, "rate_limited")]
    [InlineData(FaultKind.Quota, "quota")]
    [InlineData(FaultKind.Unauthorized, "auth")]
    [InlineData(FaultKind.Empty, "malformed_reply")]
    public async Task OpenAi_DoesNotAnswer_TheNextModelDoesAndTheTraceSaysWhy(FaultKind kind, string why)
    {
        // Each fault has a model of its own: what one did to a model's circuit is no matter to the next.
        faulty.Sandbox.Faults.Set(new FaultRule { Target = "openai", Kind = kind, RetryAfter = 20 });

        var document = await AskAsync($$"""
            name: fallback-{{kind.ToString().ToLowerInvariant()}}
            models:
              - { id: first, provider: openai, model: gpt-first-{{kind.ToString().ToLowerInvariant()}}, timeout: {{(kind == FaultKind.Hang ? 1 : 30)}}s, default: true }
              - { id: second, provider: anthropic, model: claude-3-haiku }
            tasks:
              - id: ask
                config: { models: [first, second] }
                prompt: What are your opening hours?
            """);

        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        var node = document.Trace.Nodes.Single(n => n.NodeId == "ask");
        Assert.Equal("anthropic", node.Provider);
        var failed = node.ModelCalls.Where(c => c.Status == "failed").ToList();
        Assert.NotEmpty(failed);
        Assert.All(failed, c => Assert.Equal("openai", c.Provider));
        Assert.All(failed, c => Assert.Contains(c.Error!.Split(':')[0], why.Split('|')));
        var answered = node.ModelCalls[^1];
        Assert.Equal("success", answered.Status);
        Assert.StartsWith("fallback: ", answered.Reason, StringComparison.Ordinal);
        Assert.Contains(failed[^1].Error!.Split(':')[0], answered.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RateLimit_WithAShortWait_IsWaitedForOnTheSameModel()
    {
        faulty.Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.RateLimit, RetryAfter = 1, First = 1 });

        var document = await AskAsync("""
            name: waits
            models:
              - { provider: openai, model: gpt-4o-waits }
            tasks:
              - id: ask
                config: { models: [gpt-4o-waits] }
                prompt: What are your opening hours?
            """);

        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        var calls = document.Trace.Nodes.Single(n => n.NodeId == "ask").ModelCalls;
        Assert.Equal(["failed", "success"], calls.Select(c => c.Status));
        Assert.Contains("try 2 after rate_limited", calls[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.SchemaViolation)]
    [InlineData(FaultKind.MalformedJson)]
    [InlineData(FaultKind.Truncated)]
    public async Task Answer_ThatBreaksItsSchema_IsRepaired(FaultKind kind)
    {
        faulty.Sandbox.Faults.Set(new FaultRule { Kind = kind, First = 1 });

        var document = await AskAsync($$"""
            name: repair-{{kind.ToString().ToLowerInvariant()}}
            tasks:
              - id: ask
                prompt: "Classify this message: I want to return my order #12345"
                output_schema:
                  type: object
                  properties:
                    intent: { type: string, enum: [order_status, return_request, complaint] }
                    confidence: { type: number }
                  required: [intent, confidence]
            """);

        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        var node = document.Trace.Nodes.Single(n => n.NodeId == "ask");
        Assert.Equal("return_request", (string?)document.Outputs["ask"]!["output"]!["intent"]);
        Assert.Equal(2, node.ModelCalls.Count);
        Assert.Contains(node.Warnings, w => w.Contains("asked for again", StringComparison.Ordinal));
        Assert.True(node.CostUsd > node.ModelCalls[0].CostUsd, "A repair is paid for, too.");
    }

    [Fact]
    public async Task ReasoningAgent_ThatAsksForAToolThereIsNot_IsToldWhichThereAreAndGoesOn()
    {
        faulty.Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.WrongToolName, First = 1, Contains = "shopify_get_order" });

        var document = await AskAsync("""
            name: wrong-tool
            composio:
              apps: [{ name: shopify, entity_id_source: customer_id }]
            tasks:
              - id: ask
                agent: reasoning
                tools: [shopify.get_order, shopify.get_tracking_info]
                prompt: Where is my order #12346? Get order details, then tracking information.
            """);

        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        var calls = document.Trace.Nodes.Single(n => n.NodeId == "ask").ToolCalls;
        Assert.Equal("shopify_get_order_v2", calls[0].Tool);
        Assert.Equal("refused", calls[0].Status);
        Assert.Contains("Did you mean 'shopify_get_order'?", calls[0].Error, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty((string?)document.Outputs["ask"]!["output"]!["answer"]));
    }

    [Fact]
    public async Task AllProviders_Down_FailsAndNamesEachModel()
    {
        faulty.Sandbox.Faults.Set(new FaultRule { Target = "openai", Kind = FaultKind.ServerError, Status = 503 },
            new FaultRule { Target = "anthropic", Kind = FaultKind.ServerError });

        var document = await AskAsync("""
            name: all-down
            models:
              - { id: first, provider: openai, model: gpt-4-all-down }
              - { id: second, provider: anthropic, model: claude-all-down }
            tasks:
              - id: ask
                config: { models: [first, second] }
                prompt: What are your opening hours?
            """);

        Assert.Equal((ExecutionStatus.Failed, "no_model_answered", "ask"), (document.Status, document.Error?.Code, document.Error?.NodeId));
        Assert.Contains("gpt-4-all-down", document.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("claude-all-down", document.Error.Message, StringComparison.Ordinal);
        Assert.Equal(["overloaded", "server_error"], document.Error.Details!["models"]!.AsArray().Select(m => (string)m!["kind"]!));
        Assert.Equal(4, document.Trace.Nodes.Single(n => n.NodeId == "ask").ModelCalls.Count);
    }

    private async Task<ExecutionDocument> AskAsync(string yaml)
    {
        var id = yaml.Split('\n')[0]["name: ".Length..];
        await faulty.Server.PutWorkflowAsync(id, yaml, _deadline.Token);
        return await faulty.Server.ExecuteAsync(id, [], new() { ["customer_id"] = "cust_456" }, _deadline.Token);
    }

    public void Dispose()
    {
        faulty.Sandbox.Faults.Clear();
        _deadline.Dispose();
    }
}

/// <summary>A server whose providers go wrong as a test says.</summary>
public sealed class FaultyProviders : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    internal SandboxServer Sandbox { get; private set; } = null!; // InitializeAsync comes first.

    internal WeftServer Server { get; private set; } = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Sandbox = await SandboxServer.StartAsync(new SandboxOptions(), deadline.Token);
        var environment = new Dictionary<string, string>(Sandbox.EnvironmentVariables)
        {
            ["WEFT__MODELS__BREAKERFAILURES"] = "1000",
        };
        Server = await WeftServer.StartAsync(_folder.Path, environment, deadline.Token);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Sandbox.DisposeAsync();
        _folder.Dispose();
    }
}
