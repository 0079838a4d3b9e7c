using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weft.Agents.Tests.Models;
using Weft.Agents.Tests.Storage;
using Weft.Runtime.Operations;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;
using Weft.Runtime.Tests.Records;
using Weft.Runtime.Tests.Registry;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Tests.Operations;

public sealed class StuckRunsTests
{
    private readonly MemoryRecordStore _store = new();
    private readonly ManualTime _time = new();
    private readonly InstanceShelf _engine = new();
    private readonly TestMeters _meters = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Theory]
    [InlineData(14, false)]
    [InlineData(16, true)]
    public async Task ARunningStep_WithoutProgressForLongerThanItMay_IsStuck(int minutes, bool stuck)
    {
        await BeginAsync("e1", new ExecutionProgress { Running = ["hello"] });

        _time.Advance(TimeSpan.FromMinutes(minutes));

        var found = await FindAsync();
        Assert.Equal(stuck, found.Count == 1);
        Assert.All(found, s => Assert.Equal((StuckReason.StepRunningLong, "hello"), (s.Reason, Assert.Single(s.NodeIds))));
    }

    [Fact]
    public async Task AStepsOwnTimeout_IsItsExpectation()
    {
        var put = await Sample.Registry(_store).PutAsync(
            Sample.Graph().Replace("    - id: hello\n", "    - id: hello\n      timeout: 2h\n", StringComparison.Ordinal),
            new PutWorkflowOptions(), _deadline);
        await BeginAsync("e1", new ExecutionProgress { Running = ["hello"] }, put.Version!.ContentHash);

        _time.Advance(TimeSpan.FromMinutes(90));
        Assert.Empty(await FindAsync());

        _time.Advance(TimeSpan.FromMinutes(35));
        Assert.Single(await FindAsync());
    }

    [Fact]
    public async Task AStep_WhoseAgentIsBusy_IsNotStuck()
    {
        await BeginAsync("e1", new ExecutionProgress { Running = ["hello"] });
        _time.Advance(TimeSpan.FromHours(1));
        _engine.Put("e1:hello", Now - TimeSpan.FromMinutes(1), name: StepNames.RunAgent);

        Assert.Empty(await FindAsync());

        _time.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(Now - TimeSpan.FromMinutes(21), Assert.Single(await FindAsync()).LastProgressAt);
    }

    [Fact]
    public async Task AWaitForAPerson_IsStuckAfterADay_AndSaysForWhat()
    {
        await BeginAsync(
            "e1", new ExecutionProgress { Running = ["approve"], Waiting = [new WaitingFor("approve", "manager_says", null)] });

        _time.Advance(TimeSpan.FromHours(23));
        Assert.Empty(await FindAsync());
        _time.Advance(TimeSpan.FromHours(2));

        var stuck = Assert.Single(await FindAsync());
        Assert.Equal(StuckReason.WaitingForSignal, stuck.Reason);
        Assert.Contains("'manager_says'", stuck.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWait_WhoseTimeHasPassedWithoutEffect_IsStuckAtOnce()
    {
        await BeginAsync("e1", new ExecutionProgress { Waiting = [new WaitingFor("approve", "go", Now + TimeSpan.FromMinutes(10))] });

        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Empty(await FindAsync());
        _time.Advance(TimeSpan.FromMinutes(7));

        Assert.Contains("has passed without effect", Assert.Single(await FindAsync()).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingThatRunsOrIsWaitedFor_IsStuck()
    {
        await BeginAsync("e1", new ExecutionProgress());
        _time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(StuckReason.NothingScheduled, Assert.Single(await FindAsync()).Reason);
    }

    [Fact]
    public async Task OneThatWasNeverTakenUp_IsStuckThoughItHasNoRecord()
    {
        _engine.Put("e1", Now, status: OrchestrationStatus.Pending);
        _time.Advance(TimeSpan.FromMinutes(6));

        var stuck = Assert.Single(await FindAsync());

        Assert.Equal((StuckReason.NotStarted, "greet"), (stuck.Reason, stuck.WorkflowId));
    }

    [Theory]
    [InlineData(OrchestrationStatus.Suspended)]
    [InlineData(OrchestrationStatus.Completed)]
    public async Task APausedOrEndedOne_IsNone(OrchestrationStatus status)
    {
        await BeginAsync("e1", new ExecutionProgress());
        _engine.Put("e1", Now, new ExecutionProgress(), status);
        _time.Advance(TimeSpan.FromDays(3));

        Assert.Empty(await FindAsync());
    }

    [Fact]
    public async Task Watch_SetsTheMetric_ByReason_AndBackToZero()
    {
        await BeginAsync("e1", new ExecutionProgress());
        _time.Advance(TimeSpan.FromMinutes(6));
        var sut = Sut();

        await sut.WatchAsync(_deadline);
        Assert.Equal(1, Gauge("nothing_scheduled"));
        Assert.Equal(0, Gauge("not_started"));

        _engine.Put("e1", Now, new ExecutionProgress());
        await sut.WatchAsync(_deadline);
        Assert.Equal(0, Gauge("nothing_scheduled"));
    }

    private int? Gauge(string reason)
    {
        int? value = null;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, _meters) && instrument.Name == "weft.executions.stuck")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, measured, tags, _) =>
        {
            foreach (var (key, word) in tags)
            {
                value = key == "reason" && (string?)word == reason ? measured : value;
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return value;
    }

    private StuckRuns Sut() => new(
        new ExecutionRecords(_store, Known.Contexts(_store)),
        Sample.Registry(_store),
        _engine,
        new OperationsMetrics(_meters),
        Options.Create(new OperationsOptions()),
        _time,
        NullLogger<StuckRuns>.Instance);

    private Task<IReadOnlyList<StuckRun>> FindAsync() => Sut().FindAsync(_deadline);

    private async Task BeginAsync(string id, ExecutionProgress progress, string contentHash = "")
    {
        _engine.Put(id, Now, progress);
        await new ExecutionRecords(_store, Known.Contexts(_store)).BeginAsync(
            Known.Document(id, ExecutionStatus.Running, startedAt: Now), Known.Run() with { ContentHash = contentHash }, _deadline);
    }
}
