using Weft.Agents.Models.Costs;
using Weft.Agents.Models.Records;
using Weft.Agents.Tests.Storage;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tests.Models;

public sealed class CostReportTests : IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly ModelBench _bench;
    private int _calls;

    public CostReportTests() => _bench = ModelBench.Without(new BenchSettings { Time = _time });

    [Fact]
    public async Task Summary_AddsUpTheSuccessfulCallsOfThePeriod()
    {
        await CallAsync("gpt-4", 0.03, tokens: 100, latency: 1000);
        await CallAsync("gpt-4", 0.05, tokens: 300, latency: 2000);
        await CallAsync("claude-3-haiku", 0.001, tokens: 50, latency: 600);
        await CallAsync("gpt-4", 0.002, tokens: 0, latency: 90, failure: "timeout");

        var report = await SummaryAsync("daily");

        Assert.Equal(3, report.Summary.TotalCalls);
        Assert.Equal(0.081, report.Summary.TotalCostUsd);
        Assert.Equal(0.027, report.Summary.AvgCostUsd);
        Assert.Equal(450, report.Summary.TotalTokens);
        Assert.Equal(1200, report.Summary.AvgLatencyMs);
        Assert.Equal((1, 0.002), (report.Summary.FailedCalls, report.Summary.FailedCostUsd));
        Assert.Equal(
            [("gpt-4", 2, 0.08, 1500), ("claude-3-haiku", 1, 0.001, 600)],
            report.ByModel.Select(m => (m.SelectedModel, (int)m.Calls, m.CostUsd, (int)m.AvgLatencyMs)));
    }

    [Fact]
    public async Task Summary_CountsBackFromNow()
    {
        await CallAsync("gpt-4", 1);
        _time.Advance(TimeSpan.FromDays(20));
        await CallAsync("gpt-4", 2);
        _time.Advance(TimeSpan.FromHours(23));
        await CallAsync("gpt-4", 4);
        _time.Advance(TimeSpan.FromMinutes(59));

        Assert.Equal(4, (await SummaryAsync("hourly")).Summary.TotalCostUsd);
        Assert.Equal(6, (await SummaryAsync("daily")).Summary.TotalCostUsd);
        Assert.Equal(7, (await SummaryAsync("monthly")).Summary.TotalCostUsd);
    }

    [Fact]
    public async Task Month_OnceSummed_ReadsItsDaysFromTheirSums()
    {
        for (var day = 0; day < 25; day++)
        {
            await CallAsync("gpt-4", 0.01);
            _time.Advance(TimeSpan.FromDays(1));
        }

        var store = (MemoryRecordStore)_bench.Store;
        var first = await SummaryAsync("monthly");
        var reads = store.Reads;
        var second = await SummaryAsync("monthly");

        Assert.Equal(0.25, second.Summary.TotalCostUsd);
        Assert.Equal(first.Summary, second.Summary);
        Assert.InRange(store.Reads - reads, 1, 40);
    }

    [Fact]
    public async Task Summary_OfNothing_IsZero() => Assert.Equal(new CostTotals(), (await SummaryAsync("daily")).Summary);

    [Fact]
    public async Task UnknownPrice_IsCountedAndNotTakenForFree()
    {
        await CallAsync("gpt-4", 0.02);
        await CallAsync("house", null);

        var summary = (await SummaryAsync("daily")).Summary;

        Assert.Equal((2, 1, 0.02, 0.02), (summary.TotalCalls, summary.UnpricedCalls, summary.TotalCostUsd, summary.AvgCostUsd));
    }

    [Fact]
    public async Task ByWorkflow_DividesByExecution()
    {
        await CallAsync("gpt-4", 0.02, workflow: "a", execution: "e1");
        await CallAsync("gpt-4", 0.04, workflow: "a", execution: "e2");
        await CallAsync("gpt-4", 0.03, workflow: "b", execution: "e3");

        var costs = await _bench.Get<CostReport>().ByWorkflowAsync("daily", _bench.Deadline);

        Assert.Equal(
            [("a", 2, 0.06, 0.03), ("b", 1, 0.03, 0.03)],
            costs.Select(c => (c.WorkflowId, (int)c.Executions, c.TotalCostUsd, c.AvgCostPerExecution)));
    }

    [Fact]
    public async Task UnknownPeriod_IsRefusedWithTheNearest()
    {
        var failure = await Assert.ThrowsAsync<WeftException>(() => SummaryAsync("dayly"));

        Assert.Equal("There is no period 'dayly'. Did you mean 'daily'?", failure.Message);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private Task<CostSummary> SummaryAsync(string period) => _bench.Get<CostReport>().SummaryAsync(period, _bench.Deadline);

    private Task CallAsync(
        string model,
        double? cost,
        int tokens = 10,
        int latency = 100,
        string? failure = null,
        string workflow = "w",
        string execution = "e")
    {
        var record = new ModelCallRecord
        {
            ExecutionId = execution,
            CallId = $"call-{++_calls}",
            WorkflowId = workflow,
            NodeId = "n",
            SelectedModel = model,
            Provider = "p",
            Model = model,
            ActualInputTokens = tokens,
            ActualCost = cost,
            LatencyMs = latency,
            Success = failure is null,
            Failure = failure,
            CreatedAt = _time.GetUtcNow().UtcDateTime,
        };
        ModelOutcome outcome = failure is null
            ? new ModelOutcome.Replied(ChatTurn.User("x"), "stop", new TokenUsage(tokens, 0), cost, latency)
            : new ModelOutcome.Failed(new ModelFailure(failure, "", MayTryOther: true, Transient: true));
        return _bench.Get<ModelCallRecords>().WriteAsync(record, outcome, _bench.Deadline);
    }
}
