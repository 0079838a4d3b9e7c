using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Sandbox.Faults;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.EndToEnd;

/// <summary>What is paused calls nobody, agents included, until it is resumed.</summary>
[Collection(ServerCollection.Name)]
public sealed class PauseTests(SharedServer shared) : IDisposable
{
    private const string Workflow = "customer_support_advanced";
    private static readonly string[] Return =
        ["SHOPIFY_GET_ORDER", "SHOPIFY_CREATE_RETURN", "SHOPIFY_GENERATE_RETURN_LABEL", "GMAIL_SEND_EMAIL"];

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task Pause_WhileAnAgentWorks_HoldsItBeforeItsNextCall()
    {
        await shared.Server.PutWorkflowAsync(Workflow, Fixture("customer_support_advanced.yaml"), _deadline.Token);
        shared.Sandbox.Faults.Set(
            new FaultRule { Kind = FaultKind.Latency, Target = "openai", Ms = 2000 },
            new FaultRule { Kind = FaultKind.Latency, Target = "anthropic", Ms = 2000 },
            new FaultRule { Kind = FaultKind.Latency, Target = "composio", Ms = 1500 });
        var before = shared.Sandbox.Log.Last();
        var id = await shared.Server.StartExecutionAsync(
            Workflow,
            new() { ["customer_message"] = "I want to return my order #70003, it arrived damaged" },
            new() { ["conversation_id"] = "conv_paused", ["customer_id"] = "cust_70003", ["customer_email"] = "ash@example.com",
                ["agent_id"] = "agent_7", ["team_id"] = "team_1" },
            _deadline.Token);
        await Eventually.HoldsAsync(() => shared.Sandbox.Log.Since(before).ToolCalls().Count == 1, _deadline.Token);

        var paused = await shared.Server.PostAsync($"executions/{id}/pause", new JsonObject(), _deadline.Token);

        // The witness asks a model too: when it has its answer, what was under way at the pause has come as well.
        await shared.Server.ExecuteAsync("hello-world", new() { ["name"] = "Ada" }, null, _deadline.Token);
        var whilePaused = shared.Sandbox.Log.Since(before).ToolCalls().Count;
        shared.Sandbox.Faults.Clear();
        await shared.Server.ExecuteAsync("hello-world", new() { ["name"] = "Grace" }, null, _deadline.Token);
        var later = shared.Sandbox.Log.Since(before).ToolCalls().Count;
        await shared.Server.PostAsync($"executions/{id}/resume", new JsonObject(), _deadline.Token);
        var ended = await shared.Server.AwaitEndAsync(id, _deadline.Token);

        Assert.Equal("paused", (string?)paused.Json["status"]);
        Assert.InRange(whilePaused, 1, Return.Length - 1);
        Assert.Equal(whilePaused, later);
        Assert.Equal(ExecutionStatus.Completed, ended.Status);
        Assert.Equal(Return, shared.Sandbox.Log.Since(before).ToolCalls().Select(c => c.Tool));
    }

    public void Dispose()
    {
        shared.Sandbox.Faults.Clear();
        _deadline.Dispose();
    }
}
