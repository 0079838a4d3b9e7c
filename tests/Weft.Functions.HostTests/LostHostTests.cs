using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using Weft.Sandbox.Faults;
using Weft.Workflows.Contracts;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests;

/// <summary>A host that dies with its worker: what it had in hand goes on within about a minute, elsewhere or after its restart.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class LostHostTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(240));

    [Fact]
    public async Task Host_ThatDiesAndIsStartedAgain_GoesOnWithEverything()
    {
        await fixture.Host.PutTestWorkflowAsync("signals", _deadline.Token);
        fixture.Sandbox.Faults.Set(new FaultRule { Kind = FaultKind.Latency, Ms = 120_000, First = 1, Contains = "Alice" });
        var asking = await fixture.Host.StartExecutionAsync("hello-world", Json("""{"name":"Alice"}"""), null, _deadline.Token);
        var waiting = await fixture.Host.StartExecutionAsync("signals", [], null, _deadline.Token);
        string[] returns = await Task.WhenAll(Enumerable.Range(70_301, 4).Select(o => StartReturnAsync(fixture.Host, $"{o}")));
        await fixture.Sandbox.UntilHitAsync(_deadline.Token);

        await fixture.RestartAsync();
        await SignalAsync(fixture.Host, waiting);
        var ended = await Task.WhenAll(
            new[] { asking, waiting }.Concat(returns).Select(id => fixture.Host.AwaitEndAsync(id, _deadline.Token)));

        Assert.All(ended, d => Assert.Equal((ExecutionStatus.Completed, null), (d.Status, d.Error?.Message)));
        Assert.All(
            Enumerable.Range(70_301, 4), o => Assert.Single(fixture.ReturnsOf($"{o}")));
    }

    [Fact]
    public async Task Hosts_TwoOnOneHub_ShareTheWorkAndTakeItOver()
    {
        await fixture.Host.PutTestWorkflowAsync("signals", _deadline.Token);
        await using var second = await fixture.StartHostAsync("two");
        var waiting = await fixture.Host.StartExecutionAsync("signals", [], null, _deadline.Token);
        await SignalAsync(second, waiting);
        await fixture.Host.AwaitEndAsync(waiting, _deadline.Token);

        // Whoever looks first takes what lies in the queue: among a few at once that may be one host alone.
        for (var order = 70_401; (await Task.WhenAll(CallsAsync(fixture.Host), CallsAsync(second))).Contains(0); order += 8)
        {
            var shared = await Task.WhenAll(
                Enumerable.Range(order, 8).Select(o => StartReturnAsync(o % 2 == 0 ? second : fixture.Host, $"{o}")));
            await Task.WhenAll(shared.Select(id => fixture.Host.AwaitEndAsync(id, _deadline.Token)));
        }

        var left = await Task.WhenAll(Enumerable.Range(70_901, 4).Select(o => StartReturnAsync(fixture.Host, $"{o}")));
        await second.DisposeAsync();
        var ended = await Task.WhenAll(left.Select(id => fixture.Host.AwaitEndAsync(id, _deadline.Token)));

        Assert.All(ended, d => Assert.Equal((ExecutionStatus.Completed, null), (d.Status, d.Error?.Message)));
    }

    private Task<string> StartReturnAsync(HostProcess host, string order) =>
        host.StartExecutionAsync(Customers.Workflow, Customers.Return(order), Customers.Context(order), _deadline.Token);

    private async Task SignalAsync(HostProcess host, string id)
    {
        var answer = await host.PostAsync(
            $"executions/{id}/signals", Json("""{"signal_name":"release","data":{"by":"Ada"}}"""), _deadline.Token);
        Assert.True((int)answer.Status == 202, answer.Text);
    }

    private async Task<int> CallsAsync(HostProcess host) =>
        (int?)(await host.AboutAsync(_deadline.Token))["invocations"]!["CallModel"] ?? 0;

    public void Dispose()
    {
        fixture.Sandbox?.Faults.Clear();
        _deadline.Dispose();
    }
}
