using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Weft.Agents.Payloads;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using Weft.Functions.Records;
using Weft.Runtime.Records;
using Weft.Workflows.Contracts;

namespace Weft.Functions.HostTests;

/// <summary>What retention lets go is gone from the task hub: the instance, its children, and their histories.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class PurgeTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(120));

    [Fact]
    public async Task Purge_OfAnExecutionWithAgents_LeavesNothingInTheHub()
    {
        var hub = new TaskHub(fixture.Storage, fixture.Hub);
        var id = await fixture.Host.StartExecutionAsync(
            Customers.Workflow, Customers.Return("70601"), Customers.Context("70601"), _deadline.Token);
        var document = await fixture.Host.AwaitEndAsync(id, _deadline.Token);
        var instances = await hub.EndedAsync(id, _deadline.Token);

        await DateBackAsync(document, TimeSpan.FromDays(40));
        await fixture.Host.FireAsync("RunOperations", _deadline.Token);

        Assert.Contains(instances.Keys, i => i.StartsWith(id + ":", StringComparison.Ordinal));
        Assert.Equal(404, (int)(await fixture.Host.GetAsync("executions/" + id, _deadline.Token)).Status);
        Assert.Empty(await hub.InstancesAsync(id, _deadline.Token));
        Assert.Empty(await hub.HistoryAsync(id, _deadline.Token));
    }

    // The record of the execution is written anew, as if it had run that long ago.
    private async Task DateBackAsync(ExecutionDocument document, TimeSpan age)
    {
        var store = new TableRecordStore(new TableServiceClient(fixture.Storage));
        var records = new ExecutionRecords(
            store, new ContextStore(store, Options.Create(new ContextStoreOptions()), TimeProvider.System));
        var record = (await records.FindAsync(document.ExecutionId, _deadline.Token))!; // It has ended.
        await records.DeleteAsync(record.Summary, _deadline.Token);
        var old = document with { StartedAt = document.StartedAt - age, CompletedAt = document.CompletedAt - age };
        await records.BeginAsync(
            old with { Status = ExecutionStatus.Running, CompletedAt = null },
            new RunWorkflowInput(document.WorkflowId, record.ContentHash, [], []), _deadline.Token);
        await records.EndAsync(old, announce: false, _deadline.Token);
    }

    public void Dispose() => _deadline.Dispose();
}
