using System.Text.Json.Nodes;
using Weft.Agents.Tests.Storage;
using Weft.Language;
using Weft.Runtime.Records;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Tests.Records;

public sealed class ExecutionRecordsTests
{
    private readonly MemoryRecordStore _store = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task Begin_Once_IsListedAsRunning()
    {
        var records = CreateSut();

        await records.BeginAsync(Known.Document("e1", ExecutionStatus.Running), Known.Run(), _deadline);

        var page = await records.ListAsync(new ExecutionQuery { Status = ExecutionStatus.Running }, _deadline);
        Assert.Equal("e1", Assert.Single(page.Items).ExecutionId);
        Assert.Equal("api", page.Items[0].StartedBy);
    }

    [Fact]
    public async Task Begin_DeliveredAgainAfterTheEnd_KeepsTheEnd()
    {
        var records = CreateSut();
        await records.BeginAsync(Known.Document("e1", ExecutionStatus.Running), Known.Run(), _deadline);
        await records.EndAsync(Known.Document("e1"), announce: false, _deadline);

        await records.BeginAsync(Known.Document("e1", ExecutionStatus.Running), Known.Run(), _deadline);

        Assert.Equal(ExecutionStatus.Completed, (await records.FindAsync("e1", _deadline))!.Summary.Status);
    }

    [Fact]
    public async Task BeginAndEnd_OfAnOrdinaryExecution_TakeOneBatchEach()
    {
        var records = CreateSut();

        await records.BeginAsync(Known.Document("e1", ExecutionStatus.Running), Known.Run(), _deadline);
        await records.EndAsync(Known.Document("e1", nodes: [Known.Node("a"), Known.Node("b", agent: "x")]), announce: false, _deadline);

        Assert.Equal(2, _store.Batches);
    }

    [Fact]
    public async Task End_MovesTheExecutionFromTheRunningListToTheCompletedOne()
    {
        var records = CreateSut();
        await records.BeginAsync(Known.Document("e1", ExecutionStatus.Running), Known.Run(), _deadline);

        Assert.True((await records.EndAsync(Known.Document("e1"), announce: false, _deadline)).IsFirst);

        Assert.Empty((await records.ListAsync(new ExecutionQuery { Status = ExecutionStatus.Running }, _deadline)).Items);
        Assert.Single((await records.ListAsync(new ExecutionQuery { Status = ExecutionStatus.Completed }, _deadline)).Items);
        Assert.Single((await records.ListAsync(new ExecutionQuery(), _deadline)).Items);
    }

    [Fact]
    public async Task End_ASecondTime_IsFalseAndKeepsTheFirst()
    {
        var records = CreateSut();
        await records.EndAsync(Known.Document("e1", ExecutionStatus.Cancelled), announce: false, _deadline);

        Assert.False((await records.EndAsync(Known.Document("e1"), announce: false, _deadline)).IsFirst);

        Assert.Equal(ExecutionStatus.Cancelled, (await records.FindAsync("e1", _deadline))!.Document!.Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task End_TellsWhetherItsNoticeIsToBeLookedFor(bool announce)
    {
        var records = CreateSut();

        var first = await records.EndAsync(Known.Document("e1"), announce, _deadline);
        var second = await records.EndAsync(Known.Document("e1"), announce, _deadline);

        Assert.Equal(new RecordedEnd(IsFirst: true, announce), first);
        Assert.Equal(new RecordedEnd(IsFirst: false, MayHaveNotice: true), second);
    }

    [Fact]
    public async Task End_WhenAnotherEndWinsTheRace_KeepsTheWinnersAlone()
    {
        var records = CreateSut();
        await records.BeginAsync(Known.Document("e1", ExecutionStatus.Running), Known.Run(), _deadline);
        _store.BeforeBatch = () => CreateSut().EndAsync(Known.Document("e1", ExecutionStatus.Cancelled), announce: false, _deadline);

        Assert.False((await records.EndAsync(Known.Document("e1"), announce: false, _deadline)).IsFirst);

        Assert.Empty((await records.ListAsync(new ExecutionQuery { Status = ExecutionStatus.Completed }, _deadline)).Items);
        Assert.Single((await records.ListAsync(new ExecutionQuery { Status = ExecutionStatus.Cancelled }, _deadline)).Items);
    }

    [Fact]
    public async Task End_WithADocumentOfMegabytes_IsReadBackWhole()
    {
        var records = CreateSut();
        var random = new Random(7);
        var large = new string([.. Enumerable.Range(0, 2_000_000).Select(_ => (char)random.Next('a', 'z'))]);
        var document = Known.Document("e1") with { Outputs = new JsonObject { ["a"] = new JsonObject { ["output"] = large + "日本語" } } };

        await records.EndAsync(document, announce: false, _deadline);

        var read = (await records.FindAsync("e1", _deadline))!.Document!;
        Assert.Equal(large + "日本語", read.Outputs["a"]!["output"]!.GetValue<string>());
    }

    [Fact]
    public async Task End_WithThousandsOfNodes_RecordsEveryNodeRun()
    {
        var records = CreateSut();
        var nodes = Enumerable.Range(0, 2_500).Select(i => Known.Node($"n{i % 50}", agent: "x")).ToArray();

        await records.EndAsync(Known.Document("e1", nodes: nodes), announce: false, _deadline);

        Assert.Equal(2_500, (await records.NodeRunsAsync(Known.Noon, 10_000, _deadline)).Count);
    }

    [Fact]
    public async Task NodeRuns_OfSkippedNodes_AreNotCounted()
    {
        var records = CreateSut();

        await records.EndAsync(
            Known.Document("e1", nodes: [Known.Node("a"), Known.Node("b", NodeStatus.Skipped)]), announce: false, _deadline);

        Assert.Equal("a", Assert.Single(await records.NodeRunsAsync(Known.Noon, 10, _deadline)).NodeId);
    }

    [Fact]
    public async Task NodeRuns_ThatEndedBeforeTheTime_AreLeftOut()
    {
        var records = CreateSut();
        await records.EndAsync(
            Known.Document("old", startedAt: Known.Noon.AddDays(-2), nodes: Known.Node("a")), announce: false, _deadline);
        await records.EndAsync(Known.Document("new", nodes: Known.Node("a")), announce: false, _deadline);

        var runs = await records.NodeRunsAsync(Known.Noon.AddDays(-1), 10, _deadline);

        Assert.Equal("new", Assert.Single(runs).ExecutionId);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task List_PageByPage_AnswersEachOnceNewestFirst(int limit)
    {
        var records = CreateSut();
        for (var i = 0; i < 60; i++)
        {
            await records.EndAsync(Known.Document($"e{i:D3}", startedAt: Known.Noon.AddSeconds(i / 2)), announce: false, _deadline);
        }

        var seen = new List<ExecutionSummary>();
        var query = new ExecutionQuery { Limit = limit };
        do
        {
            var page = await records.ListAsync(query, _deadline);
            Assert.True(page.Items.Count <= limit);
            seen.AddRange(page.Items);
            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);

        Assert.Equal(60, seen.Select(s => s.ExecutionId).Distinct().Count());
        Assert.Equal(60, seen.Count);
        Assert.Equal(seen.OrderByDescending(s => s.StartedAt).Select(s => s.StartedAt), seen.Select(s => s.StartedAt));
    }

    [Fact]
    public async Task List_OfAWorkflowAndAStatus_MeetsBoth()
    {
        var records = CreateSut();
        await records.EndAsync(Known.Document("e1", ExecutionStatus.Failed, "a"), announce: false, _deadline);
        await records.EndAsync(Known.Document("e2", ExecutionStatus.Completed, "a"), announce: false, _deadline);
        await records.EndAsync(Known.Document("e3", ExecutionStatus.Failed, "ab"), announce: false, _deadline);

        var page = await records.ListAsync(new ExecutionQuery { WorkflowId = "a", Status = ExecutionStatus.Failed }, _deadline);

        Assert.Equal("e1", Assert.Single(page.Items).ExecutionId);
    }

    [Fact]
    public async Task List_BetweenTwoTimes_IncludesTheFirstAndExcludesTheLast()
    {
        var records = CreateSut();
        for (var i = 0; i < 5; i++)
        {
            await records.EndAsync(Known.Document($"e{i}", startedAt: Known.Noon.AddMinutes(i)), announce: false, _deadline);
        }

        var page = await records.ListAsync(
            new ExecutionQuery { From = Known.Noon.AddMinutes(1), To = Known.Noon.AddMinutes(3) }, _deadline);

        Assert.Equal(["e2", "e1"], page.Items.Select(i => i.ExecutionId));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("d3xzdXBwb3J0fDAwMDB8ZTE")]
    public async Task List_WithACursorOfAnotherList_SaysSo(string cursor)
    {
        var failed =
            await Assert.ThrowsAsync<WeftException>(() => CreateSut().ListAsync(new ExecutionQuery { Cursor = cursor }, _deadline));

        Assert.Equal("invalid_cursor", failed.Code);
    }

    [Fact]
    public async Task Mark_OfAnExecutionThatEnded_ChangesNothing()
    {
        var records = CreateSut();
        await records.EndAsync(Known.Document("e1"), announce: false, _deadline);

        await records.MarkAsync("e1", ExecutionStatus.Paused, _deadline);

        Assert.Equal(ExecutionStatus.Completed, (await records.FindAsync("e1", _deadline))!.Summary.Status);
    }

    [Fact]
    public async Task Ids_OfAnyText_NeverCollideInAKey()
    {
        var records = CreateSut();
        string[] ids = ["a|b", "a/b", "a b", "a\u0001b", "日本", "日 本", new string('x', 300), new string('x', 301)];
        foreach (var id in ids)
        {
            await records.EndAsync(Known.Document(id, workflowId: id), announce: false, _deadline);
        }

        foreach (var id in ids)
        {
            Assert.Equal(id, Assert.Single((await records.ListAsync(new ExecutionQuery { WorkflowId = id }, _deadline)).Items).ExecutionId);
        }
    }

    private ExecutionRecords CreateSut() => new(_store, Known.Contexts(_store));
}
