using System.Collections.Concurrent;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>Replays: what they repeat, what they don't, and what they refuse.</summary>
public abstract class ReplayConformance : OrchestrationConformance
{
    [Fact]
    public virtual async Task Replay_OfCompletedActivities_DoesNotRunThemAgain()
    {
        var runs = new ConcurrentDictionary<int, int>();
        void Code(EngineSetup setup) => setup
            .Activity<int, int>("count", x => runs.AddOrUpdate(x, 1, (_, n) => n + 1))
            .Orchestrator<int, int>("main", async (context, _) =>
            {
                var sum = 0;
                for (var i = 0; i < 10; i++)
                {
                    sum += await context.CallActivityAsync<int>("count", i);
                }

                context.SetCustomStatus("waiting");
                await context.WaitForExternalEvent<int>("go");
                return sum + await context.CallActivityAsync<int>("count", 99);
            });
        await StartAsync(Code);
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        await RestartAsync(Code);
        await Client.RaiseEventAsync("i1", "go", 0, Deadline);

        Assert.Equal(11, Result<int>(await EndAsync()));
        Assert.All(runs.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public virtual async Task Replay_MakesTheSameGuids()
    {
        static void Code(EngineSetup setup) => setup
            .Activity<Guid, Guid>("keep", x => x)
            .Orchestrator<int, bool>("main", async (context, _) =>
            {
                var first = context.NewGuid();
                var second = context.NewGuid();
                var kept = await context.CallActivityAsync<Guid>("keep", first);
                context.SetCustomStatus("waiting");
                await context.WaitForExternalEvent<int>("go");
                return kept == first && first != second && context.NewGuid() != first;
            });
        await StartAsync(Code);
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        await RestartAsync(Code);
        await Client.RaiseEventAsync("i1", "go", 0, Deadline);

        Assert.True(Result<bool>(await EndAsync()));
    }

    [Fact]
    public virtual async Task IsReplaying_OverOldHistory_IsTrueAndThenFalse()
    {
        var seen = new ConcurrentQueue<(int Place, bool Replaying)>();
        void Code(EngineSetup setup) => setup
            .Activity<int, int>("echo", x => x)
            .Orchestrator<int, int>("main", async (context, _) =>
            {
                seen.Enqueue((0, context.IsReplaying));
                await context.CallActivityAsync<int>("echo", 1);
                seen.Enqueue((1, context.IsReplaying));
                context.SetCustomStatus("waiting");
                await context.WaitForExternalEvent<int>("go");
                seen.Enqueue((2, context.IsReplaying));
                return 0;
            });
        await StartAsync(Code);
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");
        Assert.Equal([(0, false), (1, false)], seen);
        seen.Clear();

        await RestartAsync(Code);
        await Client.RaiseEventAsync("i1", "go", 0, Deadline);
        await EndAsync();

        Assert.Contains((0, true), seen);
        Assert.Equal((2, false), seen.Last());
    }

    [Fact]
    public virtual async Task NonDeterminism_AnotherActivity_FailsSayingWhatWasExpectedAndWhatCame()
    {
        var ended = await ReplayWithAsync(
            async context => await context.CallActivityAsync<int>("charge", 1),
            async context => await context.CallActivityAsync<int>("refund", 1));

        AssertStrayed(ended, "'i1'", "'main'", "step 0", "a call of activity 'charge'", "a call of activity 'refund'");
    }

    [Fact]
    public virtual async Task NonDeterminism_ATimerInsteadOfAnActivity_FailsSayingSo()
    {
        var ended = await ReplayWithAsync(
            async context => await context.CallActivityAsync<int>("charge", 1),
            async context => await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None));

        AssertStrayed(ended, "step 0", "a call of activity 'charge'", "a timer");
    }

    [Fact]
    public virtual async Task NonDeterminism_AStepThatIsNoLongerTaken_FailsNamingIt()
    {
        var ended = await ReplayWithAsync(
            async context => await context.CallActivityAsync<int>("charge", 1),
            _ => Task.CompletedTask);

        AssertStrayed(ended, "step 0", "a call of activity 'charge'", "has not asked for it");
    }

    [Fact]
    public virtual async Task NonDeterminism_ACodeThatReturnsEarly_FailsNamingTheStep()
    {
        await StartAsync(setup => Waiting(setup, async context => await context.CallActivityAsync<int>("charge", 1)));
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        await RestartAsync(setup => setup
            .Activity<int, int>("charge", x => x)
            .Orchestrator<int, int>("main", (_, x) => Task.FromResult(x)));
        await Client.RaiseEventAsync("i1", "go", 0, Deadline);

        AssertStrayed(await EndAsync(), "step 0", "a call of activity 'charge'", "has ended without it");
    }

    [Fact]
    public virtual async Task NonDeterminism_CaughtByTheCode_StillFails()
    {
        var ended = await ReplayWithAsync(
            async context => await context.CallActivityAsync<int>("charge", 1),
            async context =>
            {
                try
                {
                    await context.CallActivityAsync<int>("refund", 1);
                }
                catch (WeftException)
                {
                    // A careless handler.
                }
            });

        AssertStrayed(ended, "a call of activity 'refund'");
    }

    [Fact]
    public virtual async Task Code_ThatAwaitsAForeignTask_FailsInsteadOfHanging()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", async (_, x) =>
        {
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return x;
        }));

        var ended = await RunAsync("main");

        Assert.Equal("foreign_await", ended.Failure!.Code);
        Assert.Contains("Task.Delay", ended.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public virtual async Task Code_ThatGoesOnByAForeignTask_FailsThoughStepsAreOpen()
    {
        var foreign = new TaskCompletionSource<int>();
        await StartAsync(setup => setup.Orchestrator<int, int>("main", async (context, _) =>
        {
            var wait = context.WaitForExternalEvent<int>("never");
            context.SetCustomStatus("waiting");
            return await foreign.Task + await wait;
        }));
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        foreign.SetResult(1);

        Assert.Equal("foreign_await", (await EndAsync()).Failure!.Code);
    }

    [Fact]
    public virtual async Task Code_ThatLeavesItsContext_Fails()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("echo", x => x)
            .Orchestrator<int, int>("main", async (context, x) =>
            {
                await context.CallActivityAsync<int>("echo", x).ConfigureAwait(false);
                return await context.CallActivityAsync<int>("echo", x);
            }));

        Assert.Equal("foreign_await", (await RunAsync("main")).Failure!.Code);
    }

    [Fact]
    public virtual async Task Code_ThatAwaitsInManyWays_StaysInItsContext()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("echo", async (_, x, _) =>
            {
                await Task.Yield();
                return x;
            })
            .Orchestrator<int, int>("main", async (context, _) =>
            {
                async Task<int> Twice(int x)
                {
                    await Task.Yield();
                    return await context.CallActivityAsync<int>("echo", x) + await context.CallActivityAsync<int>("echo", x);
                }

                var done = new TaskCompletionSource<int>();
                async Task Signal()
                {
                    done.SetResult(await Twice(10));
                }

                var signal = Signal();
                var first = await await Task.WhenAny(Twice(1), Twice(1));
                var continued = await context.CallActivityAsync<int>("echo", 5).ContinueWith(
                    call => call.Result + 1, TaskScheduler.FromCurrentSynchronizationContext());
                await signal;
                return first + continued + await done.Task;
            }));

        Assert.Equal(2 + 6 + 20, await ResultAsync<int>("main"));
    }

    [Fact]
    public virtual async Task Orchestrator_Throws_TheInstanceFailsWithItsCode()
    {
        await StartAsync(
            setup => setup.Orchestrator<int, int>(
                "main", (_, _) => throw new WeftException("bad_plan", Fault.Internal, "It can't be done.")));

        var ended = await RunAsync("main");

        Assert.Equal(("bad_plan", "It can't be done."), (ended.Failure!.Code, ended.Failure.Message));
    }

    [Fact]
    public virtual async Task Orchestrator_GetsAnInputOfTheWrongType_Fails()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (_, x) => Task.FromResult(x)));

        Assert.Equal("invalid_payload", (await RunAsync("main", "words")).Failure!.Code);
    }

    private async Task<OrchestrationInstance> ReplayWithAsync(
        Func<IOrchestrationContext, Task> before, Func<IOrchestrationContext, Task> after)
    {
        await StartAsync(setup => Waiting(setup, before));
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");
        await RestartAsync(setup => Waiting(setup, after));
        await Client.RaiseEventAsync("i1", "go", 0, Deadline);
        return await EndAsync();
    }

    private static void Waiting(EngineSetup setup, Func<IOrchestrationContext, Task> first) => setup
        .Activity<int, int>("charge", x => x)
        .Activity<int, int>("refund", x => x)
        .Orchestrator<int, int>("main", async (context, x) =>
        {
            await first(context);
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<int>("go");
            return x;
        });

    private static void AssertStrayed(OrchestrationInstance ended, params string[] said)
    {
        Assert.Equal(OrchestrationStatus.Failed, ended.Status);
        Assert.Equal("non_deterministic_orchestration", ended.Failure!.Code);
        Assert.All(said, part => Assert.Contains(part, ended.Failure.Message, StringComparison.Ordinal));
    }
}
