using Weft.Conformance;
using Weft.Embedded.Replay;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Tests;

public sealed class EvictionTests : IAsyncLifetime
{
    private const int MaxWarm = 16;

    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(30));
    private readonly ShiftedTime _time = new();
    private EmbeddedUnderTest _engine = null!;

    public async Task InitializeAsync() => _engine = await EmbeddedUnderTest.StartAsync(
        new EngineSetup()
            .Activity<int, int>("echo", x => x)
            .Orchestrator<int, int>("wait", async (context, x) =>
            {
                var echoed = await context.CallActivityAsync<int>("echo", x);
                return echoed + await context.WaitForExternalEvent<int>("n");
            })
            .Orchestrator<int, int>("sleep", async (context, x) =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return await context.CallActivityAsync<int>("echo", x);
            })
            .Orchestrator<int, int>("parent",
                (context, x) =>
                    context.CallSubOrchestrationAsync<int>("wait", x, new SubOrchestrationOptions { InstanceId = $"child-{x}" })),
        _time,
        MaxWarm);

    public async Task DisposeAsync()
    {
        await _engine.DisposeAsync();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Instances_BeyondTheLimit_LeaveMemoryAndGoOnByTheirEvents()
    {
        await ScheduleAsync("wait", 200);
        await AssertFewAreWarmAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => _engine.Client.RaiseEventAsync($"wait-{i}", "n", 1000, _deadline.Token)));

        Assert.Equal(Enumerable.Range(0, 200).Select(i => i + 1000), await ResultsAsync("wait", 200));
    }

    [Fact]
    public async Task Instances_BeyondTheLimit_AreWokenByTheirTimers()
    {
        await ScheduleAsync("sleep", 200);
        await AssertFewAreWarmAsync();

        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(Enumerable.Range(0, 200), await ResultsAsync("sleep", 200));
    }

    [Fact]
    public async Task Parents_BeyondTheLimit_AreWokenByTheirChildren()
    {
        await ScheduleAsync("parent", 100);
        await AssertFewAreWarmAsync();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            await Eventually.HoldsAsync(
                async () => await _engine.Client.GetAsync($"child-{i}", _deadline.Token) is not null, _deadline.Token);
            await _engine.Client.RaiseEventAsync($"child-{i}", "n", 1, _deadline.Token);
        }));

        Assert.Equal(Enumerable.Range(0, 100).Select(i => i + 1), await ResultsAsync("parent", 100));
    }

    [Fact]
    public async Task Sleepers_OverAStop_StayOutOfMemoryUntilTheirTime()
    {
        await ScheduleAsync("sleep", 50);
        await Eventually.HoldsAsync(
            () => Enumerable.Range(0, 50).All(
                i => _engine.Engine.ReadHistory($"sleep-{i}").Any(entry => entry.Kind == HistoryEventKind.TimerCreated)),
            _deadline.Token);
        await _engine.StopAsync();
        await _engine.StartAgainAsync(new EngineSetup()
            .Activity<int, int>("echo", x => x)
            .Orchestrator<int, int>("sleep", async (context, x) =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return await context.CallActivityAsync<int>("echo", x);
            }));
        var warmAfterStart = _engine.Engine.Load.WarmInstances;

        _time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(0, warmAfterStart);
        Assert.Equal(Enumerable.Range(0, 50), await ResultsAsync("sleep", 50));
    }

    private Task ScheduleAsync(string name, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(i =>
        _engine.Client.ScheduleAsync(name, i, new ScheduleOptions { InstanceId = $"{name}-{i}" }, _deadline.Token)));

    /// <summary>The limit is kept as instances come in: one more instance at a time shows that the others have left.</summary>
    private async Task AssertFewAreWarmAsync()
    {
        var more = 0;
        await Eventually.HoldsAsync(
            async () =>
            {
                await _engine.Client.ScheduleAsync("wait", 0, new ScheduleOptions { InstanceId = $"more-{more++}" }, _deadline.Token);
                return _engine.Engine.Load.WarmInstances <= 2 * MaxWarm;
            },
            _deadline.Token);
    }

    private async Task<int[]> ResultsAsync(string name, int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        (await _engine.Client.WaitForCompletionAsync($"{name}-{i}", _deadline.Token)).Output!.GetValue<int>()));
}
