using Microsoft.Extensions.Logging.Abstractions;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Language.Definitions;
using Weft.Runtime.Executions;
using Weft.Runtime.Records;
using Weft.Runtime.Tests.Records;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Tests.Executions;

public sealed class ErrorRateWatchTests
{
    private readonly MemoryRecordStore _store = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Theory]
    [InlineData("ffff", false)] // too few
    [InlineData("ccccf", false)] // as much as the threshold, not more
    [InlineData("cccff", true)]
    [InlineData("cccfff", false)] // it was above before
    [InlineData("ffcccccccccf", true)] // it went below in between
    [InlineData("cccccc", false)]
    public async Task Look_AfterAnExecution_AlertsOnceWhenTheRatePassesTheThreshold(string executions, bool alerted)
    {
        var sut = CreateSut(threshold: 0.2);

        var last = false;
        for (var i = 0; i < executions.Length; i++)
        {
            last = await EndAsync(sut, $"e{i:D2}", executions[i] == 'f' ? ExecutionStatus.Failed : ExecutionStatus.Completed, i);
        }

        Assert.Equal(alerted, last);
    }

    [Fact]
    public async Task Look_WithoutAThreshold_NeverAlerts()
    {
        var sut = CreateSut(threshold: null);

        for (var i = 0; i < 8; i++)
        {
            Assert.False(await EndAsync(sut, $"e{i}", ExecutionStatus.Failed, i));
        }
    }

    private async Task<bool> EndAsync(ErrorRateWatch sut, string id, ExecutionStatus status, int minute)
    {
        var records = new ExecutionRecords(_store, Known.Contexts(_store));
        var started = Known.Noon.AddMinutes(minute);
        await records.BeginAsync(Known.Document(id, ExecutionStatus.Running, startedAt: started), Known.Run(), _deadline);
        var document = Known.Document(id, status, startedAt: started);
        await records.EndAsync(document, announce: false, _deadline);
        return await sut.LookAsync(document, _deadline);
    }

    private ErrorRateWatch CreateSut(double? threshold) => new(
        new ExecutionRecords(_store, Known.Contexts(_store)),
        new Defined(
            new WorkflowDefinition { Id = "support", Dialect = Dialect.Tasks, Body = new SequenceBody([]),
                Monitoring = new MonitoringSection { AlertOnErrorRate = threshold } }),
        new ExecutionMetrics(new TestMeters()),
        NullLogger<ErrorRateWatch>.Instance);

    private sealed class Defined(WorkflowDefinition definition) : IDefinitionSource
    {
        public Task<WorkflowDefinition?> GetAsync(string contentHash, CancellationToken cancellationToken) =>
            Task.FromResult<WorkflowDefinition?>(definition);
    }
}
