using Weft.Conformance;
using Weft.Language.Definitions;
using Weft.Workflows.Durable;

namespace Weft.Functions.EngineTests;

/// <summary>A call that the host loses each time that it is delivered.</summary>
public sealed class LostCallTests
{
    private const int Deliveries = 5;

    [Fact]
    public async Task Call_ThatIsLostEachTime_FailsForGoodAndIsNoOtherCall()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var orders = 0;
        var setup = new EngineSetup()
            .Activity<string, string>("refund", async (_, order, _) =>
            {
                Interlocked.Increment(ref orders);
                await new TaskCompletionSource().Task;
                return order;
            })
            .Orchestrator<int, string>("main", (context, _) => context.CallActivityAsync<string>(
                "refund", "order 1", new ActivityOptions { Retry = new RetryPolicy { MaxAttempts = 3, FirstDelay = TimeSpan.Zero } }));
        await using var engine = await SidecarUnderTest.StartAsync(setup, new ShiftedTime());
        await engine.Client.ScheduleAsync("main", 0, new ScheduleOptions { InstanceId = "i1" }, deadline.Token);

        for (var delivery = 1; delivery <= Deliveries; delivery++)
        {
            await Eventually.HoldsAsync(() => Volatile.Read(ref orders) == delivery, deadline.Token);
            await engine.LoseProcessAsync(setup);
        }

        var ended = await engine.Client.WaitForCompletionAsync("i1", deadline.Token);
        Assert.Equal(OrchestrationStatus.Failed, ended.Status);
        Assert.Equal(("worker_process_exit", true), (ended.Failure!.Code, ended.Failure.NonRetryable));
        Assert.Equal(Deliveries, orders);
    }
}
