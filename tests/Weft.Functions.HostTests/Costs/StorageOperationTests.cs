using System.Diagnostics;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using Xunit.Abstractions;

namespace Weft.Functions.HostTests.Costs;

/// <summary>
/// How many storage operations things take, but for looks at empty queues and leases: those grow with time alone. The figures stand in
/// docs/deploy.md, what it costs.
/// </summary>
[Collection(EmulatorCollection.Name)]
public sealed class StorageOperationTests(CountedHost fixture, ITestOutputHelper output) : IClassFixture<CountedHost>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(240));

    // The records' are exact. The engine's depend on how many messages of a queue come at once: a tenth more is allowed.
    [Theory]
    [InlineData("one-model", 36, 7)]
    [InlineData("three-models", 54, 13)]
    [InlineData(Customers.Workflow, 131, 60)]
    public async Task Execution_FromStartToEnd_TakesNoMoreOperationsThan(string workflow, int engine, int records)
    {
        var isCustomers = workflow == Customers.Workflow;
        if (!isCustomers)
        {
            await fixture.Host.PutTestWorkflowAsync(workflow, _deadline.Token);
        }

        // The first run finds tables and caches as they are after a deployment.
        await RunAsync(workflow, isCustomers ? "70101" : null);
        var counted = await RunAsync(workflow, isCustomers ? "70102" : null);

        var byOwner = counted.CountBy(o => o.Of(fixture.Hub)).ToDictionary();
        output.WriteLine(string.Join('\n', counted));
        Assert.InRange(byOwner[StorageOwner.Records], records / 2, records);
        Assert.InRange(byOwner[StorageOwner.Engine], engine / 2, engine * 11 / 10);
    }

    [Fact]
    public async Task Wait_OfACallerForFifteenSeconds_LooksAtMostOnceASecond()
    {
        await fixture.Host.PutTestWorkflowAsync("resting", _deadline.Token);
        var before = await QuietAsync();

        await fixture.Host.ExecuteAsync("resting", [], null, _deadline.Token);

        var looks = Since(before).Count(o => o.Method == "GET" && o.Resource == fixture.Hub + "Instances");
        Assert.InRange(looks, 3, 18);
    }

    [Fact]
    public async Task Host_WithNothingToDo_LooksAtNoRecord()
    {
        var before = await QuietAsync();
        var watch = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromSeconds(10), _deadline.Token);
        var looks = Since(before);

        output.WriteLine($"{watch.Elapsed}: {string.Join(", ", looks.CountBy(o => $"{o.Service} {o.Method} {o.Resource}"))}");
        Assert.DoesNotContain(looks, o => o.Of(fixture.Hub) == StorageOwner.Records);
        Assert.InRange(looks.Count, 1, watch.Elapsed.TotalSeconds * 3);
    }

    [Theory]
    [InlineData("RunSchedules", 2)]
    [InlineData("SweepExecutions", 32)]
    [InlineData("RunOperations", 33)]
    [InlineData("CheckAgents", 17)]
    public async Task Timer_WithNothingToDo_TakesNoMoreOperationsThan(string function, int most)
    {
        await fixture.Host.FireAsync(function, _deadline.Token); // Tables are made, and what is done now and then is done.
        var before = await QuietAsync();

        await fixture.Host.FireAsync(function, _deadline.Token);

        var counted = Since(before).Where(o => !o.IsPolling).ToList();
        output.WriteLine(string.Join('\n', counted));
        Assert.InRange(counted.Count, 1, most);
    }

    private async Task<IReadOnlyList<StorageOperation>> RunAsync(string workflow, string? order)
    {
        var before = await QuietAsync();
        var id = await fixture.Host.StartExecutionAsync(
            workflow, order is null ? [] : Customers.Return(order), order is null ? null : Customers.Context(order), _deadline.Token);
        while ((await fixture.Instances.EndedAsync(id, _deadline.Token)).Count == 0)
        {
            await Task.Delay(50, _deadline.Token);
        }

        await QuietAsync();
        return [.. Since(before).Where(o => !o.IsPolling)];
    }

    private List<StorageOperation> Since(int before) => [.. fixture.Proxy.Operations.Skip(before)];

    // Until nothing but polling was asked for a while: the extension deletes messages after the end. Answers how much was asked so far.
    private async Task<int> QuietAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2));
        for (var before = -1; before != Asked();)
        {
            before = Asked();
            await timer.WaitForNextTickAsync(_deadline.Token);
        }

        return fixture.Proxy.Operations.Count;

        int Asked() => fixture.Proxy.Operations.Count(o => !o.IsPolling);
    }

    public void Dispose() => _deadline.Dispose();
}
