using System.Net;
using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using Weft.Sandbox.Faults;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests;

/// <summary>What is paused calls nobody, agents included, until it is resumed.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class PauseTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(120));

    [Fact]
    public async Task Pause_OfATimer_HoldsItUntilItIsResumed()
    {
        var host = fixture.Host;
        await host.PutTestWorkflowAsync("signals", _deadline.Token);
        var id = await host.StartExecutionAsync("signals", [], null, _deadline.Token);

        var paused = await host.PostAsync($"executions/{id}/pause", new JsonObject(), _deadline.Token);
        await host.PostAsync(
            $"executions/{id}/signals", Json("""{"signal_name":"release","data":{"by":"Grace"}}"""), _deadline.Token);
        var held = await host.GetAsync("executions/" + id, _deadline.Token);
        var resumed = await host.PostAsync($"executions/{id}/resume", new JsonObject(), _deadline.Token);
        var document = await host.AwaitEndAsync(id, _deadline.Token);

        Assert.Equal(("paused", "paused"), ((string?)paused.Json["status"], (string?)held.Json["status"]));
        Assert.Equal(HttpStatusCode.OK, resumed.Status);
        Assert.Equal("Grace", (string?)document.Output!["released"]!["signal"]!["payload"]!["by"]);
    }

    [Fact]
    public async Task Pause_WhileAnAgentWorks_HoldsItBeforeItsNextCall()
    {
        fixture.Sandbox.Faults.Set(
            new FaultRule { Kind = FaultKind.Latency, Target = "openai", Ms = 2000 },
            new FaultRule { Kind = FaultKind.Latency, Target = "anthropic", Ms = 2000 },
            new FaultRule { Kind = FaultKind.Latency, Target = "composio", Ms = 1500 });
        var before = fixture.Sandbox.Log.Last();
        var id = await fixture.Host.StartExecutionAsync(
            Customers.Workflow, Customers.Return("70003"), Customers.Context("70003"), _deadline.Token);
        await Eventually.HoldsAsync(() => fixture.Sandbox.Log.Since(before).ToolCalls().Count == 1, _deadline.Token);

        var paused = await fixture.Host.PostAsync($"executions/{id}/pause", new JsonObject(), _deadline.Token);
        await GreetAsync();
        var atPause = fixture.Sandbox.Log.Since(before).ToolCalls().Count;
        fixture.Sandbox.Faults.Clear();
        await GreetAsync();
        var later = fixture.Sandbox.Log.Since(before).ToolCalls().Count;
        await fixture.Host.PostAsync($"executions/{id}/resume", new JsonObject(), _deadline.Token);
        var ended = await fixture.Host.AwaitEndAsync(id, _deadline.Token);

        Assert.Equal("paused", (string?)paused.Json["status"]);
        Assert.InRange(atPause, 1, Customers.ReturnTools.Length - 1);
        Assert.Equal(atPause, later);
        Assert.Equal(ExecutionStatus.Completed, ended.Status);
        Assert.Equal(Customers.ReturnTools, fixture.Sandbox.Log.Since(before).ToolCalls().Select(c => c.Tool));
    }

    // It asks a model too: when it has its answer, what was under way at the pause has come as well.
    private async Task GreetAsync()
    {
        var id = await fixture.Host.StartExecutionAsync("hello-world", Json("""{"name":"Ada"}"""), null, _deadline.Token);
        await fixture.Host.AwaitEndAsync(id, _deadline.Token);
    }

    public void Dispose()
    {
        fixture.Sandbox?.Faults.Clear();
        _deadline.Dispose();
    }
}
