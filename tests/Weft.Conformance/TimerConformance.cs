using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>Durable timers, and the orchestrator's time.</summary>
public abstract class TimerConformance : OrchestrationConformance
{
    [Fact]
    public virtual async Task Timer_Due_FiresNoEarlierByTheOrchestratorsTime()
    {
        await StartAsync(setup => setup.Orchestrator<int, double>("main", async (context, seconds) =>
        {
            var before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromSeconds(seconds), CancellationToken.None);
            return (context.CurrentUtcDateTime - before).TotalSeconds;
        }));

        await ScheduleAsync("main", 3600);
        await StatusAsync(OrchestrationStatus.Running);
        Time.Advance(TimeSpan.FromMinutes(59));
        Assert.False((await Client.GetAsync("i1", Deadline))!.HasEnded);
        Time.Advance(TimeSpan.FromMinutes(2));

        Assert.InRange(Result<double>(await EndAsync()), 3600, 3700);
    }

    [Fact]
    public virtual async Task Timer_OfMilliseconds_FiresByItself()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", async (context, milliseconds) =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None);
            return 1;
        }));

        Assert.Equal(1, await ResultAsync<int>("main", 30));
    }

    [Fact]
    public virtual async Task Timer_InThePast_FiresAtOnce()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", async (context, _) =>
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddDays(-1), CancellationToken.None);
            await context.CreateTimer(DateTime.MinValue, CancellationToken.None);
            return 1;
        }));

        Assert.Equal(1, await ResultAsync<int>("main"));
    }

    [Fact]
    public virtual async Task Timers_SeveralAtOnce_FireInTheOrderOfTheirTimes()
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", async (context, _) =>
        {
            var order = "";
            async Task After(int minutes)
            {
                await context.CreateTimer(TimeSpan.FromMinutes(minutes), CancellationToken.None);
                order += minutes;
            }

            var all = new[] { After(3), After(1), After(2) };
            context.SetCustomStatus("waiting");
            await Task.WhenAll(all);
            return order;
        }));

        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");
        Time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("123", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Timer_Cancelled_EndsAtOnceAndNeverFires()
    {
        await StartAsync(setup => setup.Orchestrator<int, bool>("main", async (context, _) =>
        {
            using var giveUp = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(365), giveUp.Token);
            giveUp.Cancel();
            try
            {
                await timer;
                return false;
            }
            catch (OperationCanceledException)
            {
                return timer.IsCanceled;
            }
        }));

        Assert.True(await ResultAsync<bool>("main"));
    }

    [Fact]
    public virtual async Task Timer_DueWhileTheEngineIsDown_FiresAfterTheStart()
    {
        static void Code(EngineSetup setup) => setup.Orchestrator<int, int>("main", async (context, _) =>
        {
            context.SetCustomStatus("waiting");
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return 7;
        });
        await StartAsync(Code);
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        await Engine.StopAsync();
        Time.Advance(TimeSpan.FromHours(2));
        await Engine.StartAgainAsync(Setup(Code));

        Assert.Equal(7, Result<int>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Timer_DueAfterARestart_StillFires()
    {
        static void Code(EngineSetup setup) => setup.Orchestrator<int, int>("main", async (context, _) =>
        {
            context.SetCustomStatus("waiting");
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return 7;
        });
        await StartAsync(Code);
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        await RestartAsync(Code);
        Assert.False((await Client.GetAsync("i1", Deadline))!.HasEnded);
        Time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(7, Result<int>(await EndAsync()));
    }

    [Fact]
    public virtual async Task CurrentUtcDateTime_OverAReplay_ReadsTheSame()
    {
        static void Code(EngineSetup setup) =>
            setup.Activity<int, int>("step", x => x).Orchestrator<int, bool>("main", async (context, _) =>
        {
            var first = context.CurrentUtcDateTime;
            var told = await context.CallActivityAsync<long>("ticks", first.Ticks);
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<int>("go");
            return told == first.Ticks && context.CurrentUtcDateTime > first;
        }).Activity<long, long>("ticks", x => x);
        await StartAsync(Code);
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");
        Time.Advance(TimeSpan.FromHours(1));

        await RestartAsync(Code);
        await Client.RaiseEventAsync("i1", "go", 0, Deadline);

        Assert.True(Result<bool>(await EndAsync()));
    }
}
