using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using Weft.Workflows.Contracts;

namespace Weft.Functions.HostTests;

/// <summary>The timer function starts what is due, once a tick, on how many instances it may run.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class ScheduleTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task Schedule_ThatIsDue_IsStartedOnceATickHoweverOftenTheTimerFires()
    {
        var host = fixture.Host;
        await host.PutTestWorkflowAsync("echo", _deadline.Token);
        var put = await host.SendAsync(
            HttpMethod.Put, "schedules/often",
            ApiClient.Json("""{"workflow_id":"echo","cron":"@every 2s","overlap_policy":"allow","input":{"text":"tick"}}"""),
            _deadline.Token);
        Assert.True((int)put.Status == 201, put.Text);

        IReadOnlyList<JsonNode> started;
        do
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.FireAsync("RunSchedules", _deadline.Token)));
            started = await StartedAsync(host);
        }
        while (started.Count < 2);

        var documents = await Task.WhenAll(started.Select(e => host.AwaitEndAsync((string)e["execution_id"]!, _deadline.Token)));
        Assert.All(documents, d => Assert.Equal((ExecutionStatus.Completed, "tick"), (d.Status, (string?)d.Output!["text"])));
        var starts = documents.Select(d => d.StartedAt).Order().ToList();
        Assert.All(
            starts.Skip(1).Zip(starts),
            pair => Assert.InRange(pair.First - pair.Second, TimeSpan.FromMilliseconds(100), TimeSpan.MaxValue));
    }

    private async Task<IReadOnlyList<JsonNode>> StartedAsync(HostProcess host) =>
        [.. (await host.GetAsync("workflows/echo/executions", _deadline.Token)).Json["items"]!.AsArray().Select(e => e!)];

    public void Dispose() => _deadline.Dispose();
}
