using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Weft.Agents.Models.Costs;
using Weft.Agents.Models.Records;
using Weft.Agents.Payloads;
using Weft.Agents.Tests.Models;
using Weft.Agents.Tests.Storage;
using Weft.Agents.Tools.Records;
using Weft.Runtime.Operations;
using Weft.Runtime.Queues;
using Weft.Runtime.Records;
using Weft.Runtime.Tests.Records;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Tests.Operations;

public sealed class RetentionTests
{
    private readonly MemoryRecordStore _store = new();
    private readonly ManualTime _time = new();
    private readonly InstanceShelf _engine = new();
    private readonly RetentionOptions _options = new();
    private readonly ContextStore _contexts;
    private readonly Retention _sut;
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public RetentionTests()
    {
        _contexts = new ContextStore(_store, Options.Create(new ContextStoreOptions { CacheBytes = 0 }), _time);
        _sut = Make();
    }

    private ExecutionRecords Records => new(_store, _contexts);

    private ModelCallRecords Calls => new(_store, _contexts, _time);

    private LocalQueue Queue => new(_store, _contexts, Options.Create(new QueueOptions()), _time);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task AnExecution_ThatEndedLongerAgoThanItIsKept_GoesWithAllThatIsItsOwn()
    {
        await RunAsync("old");
        var rows = _store.Rows;
        _time.Advance(TimeSpan.FromDays(29));
        await RunAsync("new");
        _time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        var report = await _sut.PurgeAsync(_deadline);

        Assert.Equal((1, true), (report.Executions, report.IsWhole));
        Assert.Equal(["old"], _engine.Purged);
        Assert.Null(await Records.FindAsync("old", _deadline));
        Assert.NotNull(await Records.FindAsync("new", _deadline));
        Assert.Equal(["new"], (await Records.ListAsync(new ExecutionQuery(), _deadline)).Items.Select(e => e.ExecutionId));
        Assert.Null(await Calls.FindAnswerAsync("old", "c", _deadline));
        Assert.Empty(await new ToolCallRecords(_store).ListAsync("old", _deadline));
        Assert.Equal(["new"], (await Records.NodeRunsAsync(DateTime.UnixEpoch, 100, _deadline)).Select(n => n.ExecutionId));

        // What is left of the old one: its call in the day's costs.
        Assert.Equal(rows + 1, _store.Rows);
    }

    [Fact]
    public async Task OnesThatRun_AndOnesThatEndedLately_StayHoweverLongAgoTheyBegan()
    {
        await Records.BeginAsync(Known.Document("runs", ExecutionStatus.Running, startedAt: Now), Known.Run(), _deadline);
        await Records.BeginAsync(Known.Document("ends", ExecutionStatus.Running, startedAt: Now), Known.Run(), _deadline);
        var began = Now;
        _time.Advance(TimeSpan.FromDays(40));
        await Records.EndAsync(Known.Document("ends", startedAt: began) with { CompletedAt = Now }, announce: false, _deadline);

        Assert.Equal(0, (await _sut.PurgeAsync(_deadline)).Executions);

        _time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(1, (await _sut.PurgeAsync(_deadline)).Executions);
        Assert.NotNull(await Records.FindAsync("runs", _deadline));
    }

    [Fact]
    public async Task APass_TakesNoMoreThanItsBatch_AndSaysThatThereIsMore()
    {
        _options.BatchSize = 2;
        for (var i = 0; i < 5; i++)
        {
            await RunAsync($"e{i}");
        }

        _time.Advance(TimeSpan.FromDays(31));

        Assert.Equal([(2, false), (2, false), (1, true)], [await PassAsync(), await PassAsync(), await PassAsync()]);
    }

    [Fact]
    public async Task AChild_WhoseExecutionIsGone_Goes_AndOneOfAnExecutionThatIsThereStays()
    {
        _engine.Put("gone:agent.1", Now, status: OrchestrationStatus.Completed, name: StepNames.RunAgent);
        _engine.Put("gone:agent.2", Now, status: OrchestrationStatus.Running, name: StepNames.RunAgent);
        _engine.Put("runs:agent.1", Now, status: OrchestrationStatus.Completed, name: StepNames.RunAgent);
        await Records.BeginAsync(Known.Document("runs", ExecutionStatus.Running, startedAt: Now), Known.Run(), _deadline);
        _time.Advance(TimeSpan.FromDays(31));
        _engine.Put("late:agent.1", Now, status: OrchestrationStatus.Completed, name: StepNames.RunAgent);

        await _sut.PurgeAsync(_deadline);

        Assert.Equal(["gone:agent.1"], _engine.Purged);
    }

    [Fact]
    public async Task ChildrenWhoseExecutionIsGone_GoABatchAPass()
    {
        _options.BatchSize = 2;
        for (var i = 0; i < 5; i++)
        {
            _engine.Put($"gone:agent.{i}", Now, status: OrchestrationStatus.Completed, name: StepNames.RunAgent);
        }

        _time.Advance(TimeSpan.FromDays(31));

        var left = new List<int>();
        for (var pass = 0; pass < 3; pass++)
        {
            await _sut.PurgeAsync(_deadline);
            left.Add(_engine.Instances.Count);
        }

        Assert.Equal([3, 1, 0], left);
    }

    [Fact]
    public async Task ZeroDays_KeepsAllForEver()
    {
        _options.Days = 0;
        await RunAsync("old");
        _time.Advance(TimeSpan.FromDays(4000));

        Assert.Equal(0, (await _sut.PurgeAsync(_deadline)).Executions);
    }

    [Fact]
    public async Task APayload_ThatNothingRefersTo_Goes_AndOneThatIsSharedOrForGoodStays()
    {
        var mine = await _contexts.OffloadAsync(Large("mine"), _deadline);
        var shared = await _contexts.OffloadAsync(Large("shared"), _deadline);
        var definition = await _contexts.OffloadForGoodAsync(Large("definition"), _deadline);
        await RunAsync("old", new JsonObject { ["a"] = mine!.DeepClone(), ["b"] = shared!.DeepClone() });
        _time.Advance(TimeSpan.FromDays(20));
        await RunAsync("new", new JsonObject { ["b"] = shared.DeepClone() });
        _time.Advance(TimeSpan.FromDays(13));

        Assert.Equal(1, await PurgeAllPayloadsAsync());

        Assert.NotNull(await _contexts.LoadAsync(shared, _deadline));
        Assert.NotNull(await _contexts.LoadAsync(definition, _deadline));
        await Assert.ThrowsAsync<ActivityException>(() => _contexts.LoadAsync(mine, _deadline));
    }

    [Fact]
    public async Task APayload_ThatALongRunRefersTo_StaysAsLongAsItRuns()
    {
        var input = await _contexts.OffloadAsync(Large("input"), _deadline);
        await Records.BeginAsync(
            Known.Document("runs", ExecutionStatus.Running, startedAt: Now) with { Input = new JsonObject { ["a"] = input!.DeepClone() } },
            Known.Run(), _deadline);
        _time.Advance(TimeSpan.FromDays(400));

        Assert.Equal(0, await PurgeAllPayloadsAsync());
    }

    [Fact]
    public async Task APayload_ThatWasPurged_IsOffloadedAgain()
    {
        var first = await _contexts.OffloadAsync(Large("again"), _deadline);
        _time.Advance(TimeSpan.FromDays(33));
        Assert.Equal(1, await PurgeAllPayloadsAsync());

        var second = await _contexts.OffloadAsync(Large("again"), _deadline);

        Assert.Equal(first!.ToJsonString(), second!.ToJsonString());
        Assert.Equal(Large("again").ToJsonString(), (await _contexts.LoadAsync(second, _deadline))!.ToJsonString());
    }

    [Fact]
    public async Task DeadLetters_GoWhenTheyArePastTheirTime()
    {
        await Queue.SendAsync("weft-start", "a", "{}", _deadline);
        var held = Assert.Single(await Queue.ReceiveAsync("weft-start", 1, null, _deadline));
        await Queue.DeadLetterAsync("weft-start", held.Lock, "invalid_message", "no workflow_id", _deadline);

        _time.Advance(TimeSpan.FromDays(29));
        await _sut.PurgeAsync(_deadline);
        Assert.Single((await Queue.ListAsync("weft-start", 10, null, _deadline)).Items);

        _time.Advance(TimeSpan.FromDays(2));
        await _sut.PurgeAsync(_deadline);
        Assert.Empty((await Queue.ListAsync("weft-start", 10, null, _deadline)).Items);
    }

    [Fact]
    public async Task ADaysCalls_GoOnceTheirSumIsKept()
    {
        await RunAsync("old");
        var day = Now.Date;
        _time.Advance(TimeSpan.FromDays(34));

        for (var pass = 0; pass < 40; pass++)
        {
            await _sut.PurgeAsync(_deadline);
        }

        Assert.False(await Calls.HasDayAsync(day, _deadline));
        Assert.Equal(1, Assert.Single((await Calls.SumsAsync<List<CallTally>>("models", day, _deadline))[day]).Calls);
    }

    private Retention Make() => new(
        Records,
        new ToolCallRecords(_store),
        Calls,
        new IdempotencyKeys(_store, _time),
        new OrphanedInstances(_engine, Records, _time),
        [Queue],
        _contexts,
        new CostReport(Calls, _time),
        new OperationsMetrics(new TestMeters()),
        _engine,
        Options.Create(_options),
        _time,
        NullLogger<Retention>.Instance);

    private async Task<(int, bool)> PassAsync()
    {
        var report = await _sut.PurgeAsync(_deadline);
        return (report.Executions, report.IsWhole);
    }

    private async Task<int> PurgeAllPayloadsAsync()
    {
        var removed = 0;
        for (var pass = 0; pass < 16; pass++)
        {
            removed += (await _sut.PurgeAsync(_deadline)).Payloads;
        }

        return removed;
    }

    private static JsonNode Large(string text) => JsonValue.Create(text + new string('x', 100_000));

    private async Task RunAsync(string id, JsonObject? outputs = null)
    {
        var at = Now;
        await Records.BeginAsync(Known.Document(id, ExecutionStatus.Running, startedAt: at), Known.Run(), _deadline);
        await Calls.WriteAsync(
            new ModelCallRecord { ExecutionId = id, CallId = "c", WorkflowId = "support", NodeId = "a", SelectedModel = "m", Provider = "p",
                Model = "m", Success = true, CreatedAt = at },
            new ModelOutcome.Replied(ChatTurn.User("hello"), "stop", new TokenUsage(1, 1), 0.01, 5),
            _deadline);
        await new ToolCallRecords(_store).InsertAsync(
            new ToolCallRecord { ExecutionId = id, CallId = "t", Tool = "shop.get", Status = ToolCallStatus.Succeeded, StartedAt = at,
                Deadline = at, Owner = "o", Fingerprint = "f" }, _deadline);
        await Records.EndAsync(
            Known.Document(id, startedAt: at, nodes: [Known.Node("a")]) with { CompletedAt = at, Outputs = outputs ?? [] }, announce: false,
            _deadline);
    }
}
