using System.Collections.Concurrent;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>Giving up on activities, and stopping the engine while they run.</summary>
public abstract class CancellationConformance : OrchestrationConformance
{
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runs;

    [Fact]
    public virtual async Task GivingUp_EndsTheAwaitAtOnceAndCancelsTheActivity()
    {
        await StartAsync(setup => Hanging(setup).Orchestrator<int, string>("main", async (context, _) =>
        {
            using var over = new CancellationTokenSource();
            var call = context.CallActivityAsync<int>("hang", 1, new ActivityOptions { CancellationToken = over.Token });
            await context.WaitForExternalEvent<int>("give up");
            over.Cancel();
            try
            {
                await call;
                return "completed";
            }
            catch (OperationCanceledException)
            {
                return "given up";
            }
        }));
        await ScheduleAsync("main");
        await _running.Task.WaitAsync(Deadline);

        await Client.RaiseEventAsync("i1", "give up", 0, Deadline);

        Assert.Equal("given up", Result<string>(await EndAsync()));
        await _cancelled.Task.WaitAsync(Deadline);
    }

    [Fact]
    public virtual async Task GivingUp_TheLateResultIsDropped()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("stubborn", async (_, x, token) =>
            {
                _running.TrySetResult();
                await _release.Task.WaitAsync(Deadline);
                return x;
            })
            .Activity<int, int>("echo", x => x)
            .Orchestrator<int, string>("main", async (context, _) =>
            {
                using var over = new CancellationTokenSource();
                var call = context.CallActivityAsync<int>("stubborn", 1, new ActivityOptions { CancellationToken = over.Token });
                await context.WaitForExternalEvent<int>("give up");
                over.Cancel();
                context.SetCustomStatus("given up");
                var sum = 0;
                for (var i = 0; i < 10; i++)
                {
                    sum += await context.CallActivityAsync<int>("echo", i);
                }

                await context.WaitForExternalEvent<int>("end");
                return $"{call.Status} {sum}";
            }));
        await ScheduleAsync("main");
        await _running.Task.WaitAsync(Deadline);
        await Client.RaiseEventAsync("i1", "give up", 0, Deadline);
        await CustomStatusAsync("given up");

        _release.SetResult();
        await Client.RaiseEventAsync("i1", "end", 0, Deadline);

        Assert.Equal("Canceled 45", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task GivingUp_BeforeTheCall_NeverRunsIt()
    {
        await StartAsync(setup => Hanging(setup).Orchestrator<int, bool>("main", async (context, _) =>
        {
            using var over = new CancellationTokenSource();
            over.Cancel();
            var call = context.CallActivityAsync<int>("hang", 1, new ActivityOptions { CancellationToken = over.Token });
            return call.IsCanceled;
        }));

        Assert.True(await ResultAsync<bool>("main"));
        Assert.Equal(0, _runs);
    }

    [Fact]
    public virtual async Task GivingUp_DuringARetryWait_EndsTheCall()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("refuse", (_, _, _) =>
            {
                _running.TrySetResult();
                throw new WeftException("no", Fault.Unavailable, "no");
            })
            .Orchestrator<int, bool>("main", async (context, _) =>
            {
                using var over = new CancellationTokenSource();
                var call = context.CallActivityAsync<int>("refuse", 1, new ActivityOptions
                {
                    CancellationToken = over.Token,
                    Retry = new RetryPolicy { FirstDelay = TimeSpan.FromHours(1) },
                });
                await context.WaitForExternalEvent<int>("give up");
                over.Cancel();
                try
                {
                    await call;
                    return false;
                }
                catch (OperationCanceledException)
                {
                    return true;
                }
            }));
        await ScheduleAsync("main");
        await _running.Task.WaitAsync(Deadline);

        await Client.RaiseEventAsync("i1", "give up", 0, Deadline);

        Assert.True(Result<bool>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Race_WonByOne_TheLosersAreCancelled()
    {
        await StartAsync(setup => Hanging(setup)
            .Activity<int, int>("quick", x => x)
            .Orchestrator<int, int>("main", async (context, _) =>
            {
                using var over = new CancellationTokenSource();
                var options = new ActivityOptions { CancellationToken = over.Token };
                var slow = context.CallActivityAsync<int>("hang", 1, options);
                await context.WaitForExternalEvent<int>("race");
                var quick = context.CallActivityAsync<int>("quick", 2, options);
                var winner = await Task.WhenAny(slow, quick);
                over.Cancel();
                return await winner;
            }));
        await ScheduleAsync("main");
        await _running.Task.WaitAsync(Deadline);
        await Client.RaiseEventAsync("i1", "race", 0, Deadline);

        Assert.Equal(2, Result<int>(await EndAsync()));
        await _cancelled.Task.WaitAsync(Deadline);
    }

    [Fact]
    public virtual async Task Stop_WhileAnActivityRuns_LetsItFinishAndKeepsItsResult()
    {
        void Code(EngineSetup setup)
        {
            setup.DrainTimeout = TimeSpan.FromSeconds(30);
            setup
                .Activity<int, int>("slow", async (_, x, _) =>
                {
                    Interlocked.Increment(ref _runs);
                    _running.TrySetResult();
                    await _release.Task.WaitAsync(Deadline);
                    return x;
                })
                .Orchestrator<int, int>("main", (context, x) => context.CallActivityAsync<int>("slow", x));
        }

        await StartAsync(Code);
        await ScheduleAsync("main", 8);
        await _running.Task.WaitAsync(Deadline);

        var stop = Engine.StopAsync();
        Assert.False(stop.IsCompleted);
        _release.SetResult();
        await stop;
        await Engine.StartAgainAsync(Setup(Code));

        Assert.Equal(8, Result<int>(await EndAsync()));
        Assert.Equal(1, _runs);
    }

    [Fact]
    public virtual async Task Stop_WhileAnActivityHangs_CancelsItAndRunsItAgainAtTheStart()
    {
        void Code(EngineSetup setup)
        {
            setup.DrainTimeout = TimeSpan.FromMilliseconds(20);
            setup
                .Activity<int, int>("hang", async (_, x, token) =>
                {
                    if (Interlocked.Increment(ref _runs) == 1)
                    {
                        _running.TrySetResult();
                        await Task.Delay(Timeout.Infinite, token);
                    }

                    return x;
                })
                .Orchestrator<int, int>("main", (context, x) => context.CallActivityAsync<int>("hang", x));
        }

        await StartAsync(Code);
        await ScheduleAsync("main", 8);
        await _running.Task.WaitAsync(Deadline);

        await Engine.StopAsync();
        Assert.Equal(1, _runs);
        await Engine.StartAgainAsync(Setup(Code));

        Assert.Equal(8, Result<int>(await EndAsync()));
        Assert.Equal(2, _runs);
    }

    [Fact]
    public virtual async Task Stop_WithActivitiesInLine_StartsThemAtTheNextStart()
    {
        var ran = new ConcurrentBag<int>();
        void Code(EngineSetup setup)
        {
            setup.MaxConcurrentActivities = 1;
            setup.DrainTimeout = TimeSpan.FromSeconds(30);
            setup
                .Activity<int, int>("slow", async (_, x, _) =>
                {
                    _running.TrySetResult();
                    await _release.Task.WaitAsync(Deadline);
                    ran.Add(x);
                    return x;
                })
                .Orchestrator<int, int>("main", async (context, count) =>
                    (await Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallActivityAsync<int>("slow", i)))).Length);
        }

        await StartAsync(Code);
        await ScheduleAsync("main", 5);
        await _running.Task.WaitAsync(Deadline);

        var stop = Engine.StopAsync();
        _release.SetResult();
        await stop;
        Assert.Single(ran);
        await Engine.StartAgainAsync(Setup(Code));

        Assert.Equal(5, Result<int>(await EndAsync()));
        Assert.Equal([0, 1, 2, 3, 4], ran.Order());
    }

    [Fact]
    public virtual async Task Stop_RefusesNewInstancesAndEndsTheWaits()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (context, _) => context.WaitForExternalEvent<int>("n")));
        await ScheduleAsync("main");
        var client = Client;
        var wait = client.WaitForCompletionAsync("i1", Deadline);

        await Engine.StopAsync();

        Assert.Equal("engine_stopped", (await Assert.ThrowsAsync<WeftException>(() => wait)).Code);
        await Assert.ThrowsAsync<WeftException>(() => client.ScheduleAsync("main", 1, new ScheduleOptions { InstanceId = "i2" }, Deadline));
    }

    private EngineSetup Hanging(EngineSetup setup) => setup.Activity<int, int>("hang", async (_, x, token) =>
    {
        Interlocked.Increment(ref _runs);
        _running.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, token);
        }
        catch (OperationCanceledException)
        {
            _cancelled.TrySetResult();
            throw;
        }

        return x;
    });
}
