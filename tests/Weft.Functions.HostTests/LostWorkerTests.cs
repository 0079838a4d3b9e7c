using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using Weft.Sandbox.Faults;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests;

/// <summary>A worker dies in the middle of a call: the same call is delivered again, and the ledger decides what comes of it.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class LostWorkerTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(120));

    [Fact]
    public async Task ModelCall_WhoseWorkerDies_IsMadeAgainOfTheSameModel()
    {
        var before = fixture.Sandbox.Log.Last();
        fixture.Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.Latency, Ms = 120_000, First = 1 });
        var id = await fixture.Host.StartExecutionAsync("hello-world", Json("""{"name":"Alice"}"""), null, _deadline.Token);
        await fixture.Sandbox.UntilHitAsync(_deadline.Token);

        await fixture.Host.KillWorkerAsync(_deadline.Token);
        var document = await fixture.Host.AwaitEndAsync(id, _deadline.Token);

        Assert.Equal((ExecutionStatus.Completed, null), (document.Status, document.Error?.Message));
        var node = Assert.Single(document.Trace.Nodes, n => n.Model is not null);
        Assert.Single(fixture.Sandbox.Log.Since(before).ModelCalls(), c => c.Fault is null);
        Assert.Null(Assert.Single(node.ModelCalls).Error);
        var history = await new TaskHub(fixture.Storage, fixture.Hub).HistoryAsync(id, _deadline.Token);
        Assert.Contains(
            history, e => e.GetString("FailureDetails")?.Contains("WorkerProcessExitException", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Refund_WhoseWorkerDies_IsMadeOnceAndItsOutcomeIsUnknown()
    {
        await fixture.Host.PutTestWorkflowAsync("refund", _deadline.Token);
        var before = fixture.Sandbox.Log.Last();
        fixture.Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.SlowDrip, Ms = 60_000, Tool = "SHOPIFY_CREATE_REFUND", First = 1 });
        var id = await fixture.Host.StartExecutionAsync(
            "refund", Json("""{"order_id":"12346","amount":5}"""), Json("""{"customer_id":"cust_456"}"""), _deadline.Token);
        await fixture.Sandbox.Log.WaitForAsync(e => e.Seq > before && e.Tool == "SHOPIFY_CREATE_REFUND", _deadline.Token);

        await fixture.Host.KillWorkerAsync(_deadline.Token);
        var document = await fixture.Host.AwaitEndAsync(id, _deadline.Token);

        Assert.Equal((ExecutionStatus.Failed, "unknown_outcome"), (document.Status, document.Error?.Code));
        Assert.Single(fixture.Sandbox.Log.Since(before).ToolCalls());
        Assert.Single(fixture.Sandbox.State.ToJson()["shop"]!["refunds"]!.AsArray(), r => (string?)r!["order_id"] == "12346");
    }

    public void Dispose()
    {
        fixture.Sandbox?.Faults.Clear();
        _deadline.Dispose();
    }
}
