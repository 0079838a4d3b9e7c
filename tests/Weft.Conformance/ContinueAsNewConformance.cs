using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>Generations of one instance.</summary>
public abstract class ContinueAsNewConformance : OrchestrationConformance
{
    [Fact]
    public virtual async Task ContinueAsNew_ManyTimes_CarriesTheInputAndKeepsTheInstance()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("next", x => x + 1)
            .Orchestrator<int, int>("main", async (context, count) =>
            {
                var next = await context.CallActivityAsync<int>("next", count);
                if (next < 50)
                {
                    context.ContinueAsNew(next);
                }

                return next;
            }));

        var ended = await RunAsync("main", 0);

        Assert.Equal(50, Result<int>(ended));
        Assert.Equal(49, ended.Input!.GetValue<int>());
    }

    [Fact]
    public virtual async Task ContinueAsNew_WithUnprocessedEvents_KeepsThemInOrder()
    {
        await StartAsync(setup => setup.Orchestrator<string, string>("main", async (context, seen) =>
        {
            if (seen.Length == 0)
            {
                await context.WaitForExternalEvent<int>("begin");
            }

            seen += await context.WaitForExternalEvent<string>("n");
            if (seen.Length < 5)
            {
                context.ContinueAsNew(seen);
            }

            return seen;
        }));
        await ScheduleAsync("main", "");
        foreach (var letter in "abcde")
        {
            await Client.RaiseEventAsync("i1", "n", letter.ToString(), Deadline);
        }

        await Client.RaiseEventAsync("i1", "begin", 0, Deadline);

        Assert.Equal("abcde", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task ContinueAsNew_UnderAStreamOfEvents_LosesNone()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", async (context, sum) =>
        {
            for (var i = 0; i < 10; i++)
            {
                var n = await context.WaitForExternalEvent<int>("n");
                if (n == 0)
                {
                    return sum;
                }

                sum += n;
            }

            context.ContinueAsNew(sum);
            return 0;
        }));
        await ScheduleAsync("main", 0);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            for (var i = 0; i < 100; i++)
            {
                Assert.True(await Client.RaiseEventAsync("i1", "n", 1, Deadline));
            }
        }));
        await Client.RaiseEventAsync("i1", "n", 0, Deadline);

        Assert.Equal(800, Result<int>(await EndAsync()));
    }

    [Fact]
    public virtual async Task ContinueAsNew_NotPreserving_DropsUnprocessedEvents()
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", async (context, generation) =>
        {
            if (generation == 0)
            {
                await context.WaitForExternalEvent<int>("begin");
                context.ContinueAsNew(1, preserveUnprocessedEvents: false);
                return "";
            }

            context.SetCustomStatus("second");
            return await context.WaitForExternalEvent<string>("n");
        }));
        await ScheduleAsync("main", 0);
        await Client.RaiseEventAsync("i1", "n", "old", Deadline);
        await Client.RaiseEventAsync("i1", "begin", 0, Deadline);
        await CustomStatusAsync("second");

        await Client.RaiseEventAsync("i1", "n", "new", Deadline);

        Assert.Equal("new", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task ContinueAsNew_GivesEachCallANumberOfItsOwn()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<int>();
        await StartAsync(setup => setup
            .Activity<int, int>("note", (context, x, _) =>
            {
                seen.Add(context.CallId);
                return Task.FromResult(x);
            })
            .Orchestrator<int, int>("main", async (context, generation) =>
            {
                await context.CallActivityAsync<int>("note", 1);
                if (generation < 5)
                {
                    context.ContinueAsNew(generation + 1);
                }

                return generation;
            }));

        await RunAsync("main", 0);

        Assert.Equal(6, seen.Distinct().Count());
    }

    [Fact]
    public virtual async Task ContinueAsNew_ThenARestart_GoesOnInTheNewGeneration()
    {
        static void Code(EngineSetup setup) => setup
            .Activity<int, int>("echo", x => x)
            .Orchestrator<int, string>("main", async (context, generation) =>
            {
                if (generation < 3)
                {
                    await context.CallActivityAsync<int>("echo", 1);
                    context.ContinueAsNew(generation + 1);
                    return "";
                }

                context.SetCustomStatus("waiting");
                return generation + await context.WaitForExternalEvent<string>("go");
            });
        await StartAsync(Code);
        await ScheduleAsync("main", 0);
        await CustomStatusAsync("waiting");

        await RestartAsync(Code);
        await Client.RaiseEventAsync("i1", "go", "!", Deadline);

        Assert.Equal("3!", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task ContinueAsNew_ByAChild_ReportsTheLastGenerationsResult()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, int>("child", (context, x) =>
            {
                if (x < 3)
                {
                    context.ContinueAsNew(x + 1);
                }

                return Task.FromResult(x);
            })
            .Orchestrator<int, int>("main", (context, _) => context.CallSubOrchestrationAsync<int>("child", 0)));

        Assert.Equal(3, await ResultAsync<int>("main"));
    }
}
