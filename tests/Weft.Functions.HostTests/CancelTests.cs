using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using Weft.Sandbox.Faults;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests;

/// <summary>What is cancelled calls nobody any more, agents included.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class CancelTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(120));

    [Fact]
    public async Task Cancel_UnderAnAgent_EndsItBeforeItsNextCall()
    {
        fixture.Sandbox.Faults.Set(
            new FaultRule { Kind = FaultKind.Latency, Target = "openai", Ms = 2000 },
            new FaultRule { Kind = FaultKind.Latency, Target = "anthropic", Ms = 2000 });
        var before = fixture.Sandbox.Log.Last();
        var id = await fixture.Host.StartExecutionAsync(
            Customers.Workflow, Customers.Return("70001"), Customers.Context("70001"), _deadline.Token);
        await Eventually.HoldsAsync(() => fixture.Sandbox.Log.Since(before).ToolCalls().Count > 0, _deadline.Token);

        var cancelled = await fixture.Host.PostAsync($"executions/{id}/cancel", new JsonObject(), _deadline.Token);
        var acted = fixture.Sandbox.Log.Since(before).ToolCalls().Count;

        // The witness asks a model too: when it has its answer, the one that was under way at the cancel has come as well.
        var witness = await fixture.Host.StartExecutionAsync("hello-world", Json("""{"name":"Ada"}"""), null, _deadline.Token);
        await fixture.Host.AwaitEndAsync(witness, _deadline.Token);
        var instances = await new TaskHub(fixture.Storage, fixture.Hub).EndedAsync(id, _deadline.Token);

        Assert.Equal("cancelled", (string?)cancelled.Json["status"]);
        Assert.InRange(acted, 1, Customers.ReturnTools.Length - 1);
        Assert.Equal(acted, fixture.Sandbox.Log.Since(before).ToolCalls().Count);
        Assert.Contains(instances, i => i.Key.StartsWith(id + ":", StringComparison.Ordinal) && i.Value == "Terminated");
    }

    public void Dispose()
    {
        fixture.Sandbox?.Faults.Clear();
        _deadline.Dispose();
    }
}
