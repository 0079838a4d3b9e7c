using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>External events.</summary>
public abstract class EventConformance : OrchestrationConformance
{
    [Fact]
    public virtual async Task Event_RaisedAfterTheWait_CompletesIt()
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", async (context, _) =>
        {
            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("approval");
        }));
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        Assert.True(await Client.RaiseEventAsync("i1", "approval", "yes", Deadline));

        Assert.Equal("yes", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Event_RaisedBeforeTheWait_IsKeptForIt()
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", async (context, _) =>
        {
            await context.WaitForExternalEvent<int>("begin");
            return await context.WaitForExternalEvent<string>("approval");
        }));
        await ScheduleAsync("main");

        await Client.RaiseEventAsync("i1", "approval", "early", Deadline);
        await Client.RaiseEventAsync("i1", "begin", 0, Deadline);

        Assert.Equal("early", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Event_InOtherLetterCase_IsTheSameEvent()
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", async (context, _) =>
            await context.WaitForExternalEvent<string>("Approval") + await context.WaitForExternalEvent<string>("APPROVAL")));
        await ScheduleAsync("main");

        await Client.RaiseEventAsync("i1", "approvaL", "a", Deadline);
        await Client.RaiseEventAsync("i1", "aPProval", "b", Deadline);

        Assert.Equal("ab", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Events_OfOneName_AreTakenInTheOrderOfArrival()
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", async (context, count) =>
        {
            await context.WaitForExternalEvent<int>("begin");
            var order = "";
            for (var i = 0; i < count; i++)
            {
                order += await context.WaitForExternalEvent<int>("n");
            }

            return order;
        }));
        await ScheduleAsync("main", 10);

        for (var i = 0; i < 10; i++)
        {
            await Client.RaiseEventAsync("i1", "n", i, Deadline);
        }

        await Client.RaiseEventAsync("i1", "begin", 0, Deadline);

        Assert.Equal("0123456789", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Event_WithSeveralWaits_CompletesTheOldestOnly()
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", async (context, _) =>
        {
            var first = context.WaitForExternalEvent<string>("n");
            var second = context.WaitForExternalEvent<string>("n");
            context.SetCustomStatus("waiting");
            await first;
            return $"{first.Result} {second.IsCompleted} {await second}";
        }));
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        await Client.RaiseEventAsync("i1", "n", "a", Deadline);
        await Client.RaiseEventAsync("i1", "n", "b", Deadline);

        Assert.Equal("a False b", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Event_ToAnInstanceThatDoesNotExistOrHasEnded_IsAnsweredWithFalse()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (_, x) => Task.FromResult(x)));
        await RunAsync("main", 1);

        Assert.False(await Client.RaiseEventAsync("i1", "n", 1, Deadline));
        Assert.False(await Client.RaiseEventAsync("nobody", "n", 1, Deadline));
    }

    [Fact]
    public virtual async Task Event_WithAPayloadOfAnotherType_FailsTheWaitNamingTheEvent()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (context, _) => context.WaitForExternalEvent<int>("number")));
        await ScheduleAsync("main");

        await Client.RaiseEventAsync("i1", "number", "words", Deadline);

        var ended = await EndAsync();
        Assert.Equal("invalid_payload", ended.Failure!.Code);
        Assert.Contains("'number'", ended.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public virtual async Task Wait_RacingATimer_IsWonByWhicheverComesFirst(bool raise)
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", async (context, _) =>
        {
            using var over = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(24), over.Token);
            var approval = context.WaitForExternalEvent<string>("approval", over.Token);
            context.SetCustomStatus("waiting");
            var winner = await Task.WhenAny(timer, approval);
            over.Cancel();
            return winner == approval ? await approval : "timeout";
        }));
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        if (raise)
        {
            await Client.RaiseEventAsync("i1", "approval", "yes", Deadline);
        }
        else
        {
            Time.Advance(TimeSpan.FromHours(25));
        }

        Assert.Equal(raise ? "yes" : "timeout", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Wait_Cancelled_LeavesTheEventToTheNextWait()
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", async (context, _) =>
        {
            using var over = new CancellationTokenSource();
            var given = context.WaitForExternalEvent<string>("n", over.Token);
            over.Cancel();
            var next = context.WaitForExternalEvent<string>("n");
            context.SetCustomStatus("waiting");
            return $"{await next} {given.IsCanceled}";
        }));
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        await Client.RaiseEventAsync("i1", "n", "a", Deadline);

        Assert.Equal("a True", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task SendEvent_ToAnotherInstance_ArrivesThere()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, string>("receiver", (context, _) => context.WaitForExternalEvent<string>("hello"))
            .Orchestrator<string, int>("sender", (context, to) =>
            {
                context.SendEvent(to, "hello", "from " + context.InstanceId);
                context.SendEvent("nobody", "hello", "lost");
                return Task.FromResult(1);
            }));
        await ScheduleAsync("receiver", id: "r");

        Assert.Equal(1, await ResultAsync<int>("sender", "r", "s"));

        Assert.Equal("from s", Result<string>(await EndAsync("r")));
    }

    [Fact]
    public virtual async Task Event_AcrossARestart_IsNotLost()
    {
        static void Code(EngineSetup setup) => setup.Orchestrator<int, string>("main", async (context, _) =>
            await context.WaitForExternalEvent<string>("a") + await context.WaitForExternalEvent<string>("b"));
        await StartAsync(Code);
        await ScheduleAsync("main");
        await Client.RaiseEventAsync("i1", "b", "2", Deadline);

        await RestartAsync(Code);
        await Client.RaiseEventAsync("i1", "a", "1", Deadline);

        Assert.Equal("12", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Event_OfAnEmptyName_IsRefused()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (context, _) => context.WaitForExternalEvent<int>("n")));
        await ScheduleAsync("main");

        var refused = await Assert.ThrowsAsync<WeftException>(() => Client.RaiseEventAsync("i1", "", 1, Deadline));

        Assert.Equal("invalid_name", refused.Code);
    }
}
