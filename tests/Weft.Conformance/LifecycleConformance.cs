using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>Starting, watching, holding, ending and deleting instances.</summary>
public abstract class LifecycleConformance : OrchestrationConformance
{
    [Fact]
    public virtual async Task Schedule_TheSameIdTwice_StartsOne()
    {
        var runs = 0;
        await StartAsync(setup => setup
            .Activity<int, int>("count", _ => Interlocked.Increment(ref runs))
            .Orchestrator<int, int>("main", (context, x) => context.CallActivityAsync<int>("count", x)));

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ScheduleAsync("main", i)));
        await EndAsync();
        var late = await ScheduleAsync("main", 99);

        Assert.Single(results, result => result.Started);
        Assert.False(late.Started);
        Assert.Equal(1, runs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    public virtual async Task Schedule_WithAnIdThatWillNotDo_IsRefused(string id)
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (_, x) => Task.FromResult(x)));

        var refused = await Assert.ThrowsAsync<WeftException>(() => ScheduleAsync("main", 1, id));

        Assert.Equal("invalid_instance_id", refused.Code);
    }

    [Fact]
    public virtual async Task Schedule_WithHalfOfASurrogatePairInItsId_IsRefused()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (_, x) => Task.FromResult(x)));

        Assert.Equal("invalid_instance_id", (await Assert.ThrowsAsync<WeftException>(() => ScheduleAsync("main", 1, "a\ud800b"))).Code);
    }

    [Fact]
    public virtual async Task Schedule_WithIdsAtTheLimits_Works()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (_, x) => Task.FromResult(x)));

        Assert.Equal(1, await ResultAsync<int>("main", 1, new string('x', 100)));
        Assert.Equal(2, await ResultAsync<int>("main", 2, "ünï 😀 's\""));
        await Assert.ThrowsAsync<WeftException>(() => ScheduleAsync("main", 1, new string('x', 101)));
    }

    [Fact]
    public virtual async Task Schedule_OfAnUnknownName_IsRefusedNamingTheKnown()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (_, x) => Task.FromResult(x)));

        var refused = await Assert.ThrowsAsync<WeftException>(() => ScheduleAsync("missing"));

        Assert.Equal("orchestrator_not_registered", refused.Code);
        Assert.Contains("main", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public virtual async Task Schedule_ForLater_IsPendingUntilThen()
    {
        await StartAsync(setup => setup.Orchestrator<int, DateTime>("main", (context, _) => Task.FromResult(context.CurrentUtcDateTime)));
        var startAt = Time.GetUtcNow().UtcDateTime.AddHours(3);

        await Client.ScheduleAsync("main", 1, new ScheduleOptions { InstanceId = "i1", StartAt = startAt }, Deadline);
        Assert.Equal(OrchestrationStatus.Pending, (await Client.GetAsync("i1", Deadline))!.Status);
        Time.Advance(TimeSpan.FromHours(4));

        Assert.True(Result<DateTime>(await EndAsync()) >= startAt);
    }

    [Fact]
    public virtual async Task Schedule_ForLater_SurvivesARestartAndKeepsEarlyEvents()
    {
        static void Code(EngineSetup setup) =>
            setup.Orchestrator<int, string>("main", (context, _) => context.WaitForExternalEvent<string>("n"));
        await StartAsync(Code);
        await Client.ScheduleAsync(
            "main", 1, new ScheduleOptions { InstanceId = "i1", StartAt = Time.GetUtcNow().UtcDateTime.AddHours(3) }, Deadline);
        await Client.RaiseEventAsync("i1", "n", "early", Deadline);

        await RestartAsync(Code);
        Assert.Equal(OrchestrationStatus.Pending, (await Client.GetAsync("i1", Deadline))!.Status);
        Time.Advance(TimeSpan.FromHours(4));

        Assert.Equal("early", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Schedule_ForLaterAndSuspended_StartsOnceResumed()
    {
        var turns = 0;
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (_, x) =>
        {
            Interlocked.Increment(ref turns);
            return Task.FromResult(x);
        }));
        await Client.ScheduleAsync(
            "main", 5, new ScheduleOptions { InstanceId = "i1", StartAt = Time.GetUtcNow().UtcDateTime.AddHours(1) }, Deadline);
        await Client.SuspendAsync("i1", null, Deadline);
        Time.Advance(TimeSpan.FromHours(2));
        await ScheduleAsync("main", 1, "witness");
        await EndAsync("witness");
        Assert.Equal(1, turns);

        await Client.ResumeAsync("i1", null, Deadline);

        Assert.Equal(5, Result<int>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Get_OfACompletedInstance_TellsAllOfIt()
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", (context, x) =>
        {
            context.SetCustomStatus(new { step = x });
            return Task.FromResult("done");
        }));
        await Client.ScheduleAsync(
            "main", 7, new ScheduleOptions { InstanceId = "i1", Tags = new Dictionary<string, string> { ["workflow"] = "support" } },
            Deadline);
        await EndAsync();

        var instance = (await Client.GetAsync("i1", Deadline))!;

        Assert.Equal(("main", OrchestrationStatus.Completed, true), (instance.Name, instance.Status, instance.HasEnded));
        Assert.Equal(7, instance.Input!.GetValue<int>());
        Assert.Equal("done", instance.Output!.GetValue<string>());
        Assert.Equal("""{"step":7}""", instance.CustomStatus!.ToJsonString());
        Assert.Equal("support", instance.Tags["workflow"]);
        Assert.Null(instance.Failure);
        Assert.True(instance.CreatedAt <= instance.CompletedAt);
        Assert.Equal(DateTimeKind.Utc, instance.CreatedAt.Kind);
    }

    [Fact]
    public virtual async Task Get_OfNobody_IsNull()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (_, x) => Task.FromResult(x)));

        Assert.Null(await Client.GetAsync("nobody", Deadline));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => EndAsync("nobody"));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => StatusAsync(OrchestrationStatus.Completed, "nobody"));
    }

    [Fact]
    public virtual async Task CustomStatus_SetSeveralTimesInATurn_ShowsTheLast()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", async (context, _) =>
        {
            context.SetCustomStatus("one");
            context.SetCustomStatus("two");
            await context.WaitForExternalEvent<int>("go");
            context.SetCustomStatus("three");
            return 0;
        }));
        await ScheduleAsync("main");

        await CustomStatusAsync("two");
        await Client.RaiseEventAsync("i1", "go", 0, Deadline);

        Assert.Equal("three", (await EndAsync()).CustomStatus!.GetValue<string>());
    }

    [Fact]
    public virtual async Task Watch_OfAnInstance_EndsWithItsEnd()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", async (context, _) =>
        {
            for (var i = 0; i < 3; i++)
            {
                context.SetCustomStatus(i);
                await context.WaitForExternalEvent<int>("go");
            }

            return 0;
        }));
        await ScheduleAsync("main");
        List<string> seen = [];

        await foreach (var instance in Client.WatchAsync("i1", Deadline))
        {
            seen.Add(instance.HasEnded ? instance.Status.ToString() : instance.CustomStatus?.ToJsonString() ?? "-");
            if (!instance.HasEnded && instance.CustomStatus is JsonValue)
            {
                await Client.RaiseEventAsync("i1", "go", 0, Deadline);
            }
        }

        Assert.Equal("Completed", seen[^1]);
        Assert.Contains("0", seen);
    }

    [Fact]
    public virtual async Task Suspend_HoldsTheTurnsAndKeepsWhatArrives()
    {
        await StartAsync(setup => setup.Orchestrator<int, string>("main", async (context, _) =>
        {
            context.SetCustomStatus("waiting");
            var first = await context.WaitForExternalEvent<string>("n");
            context.SetCustomStatus("went on");
            return first + await context.WaitForExternalEvent<string>("n");
        }));
        await ScheduleAsync("main");
        await CustomStatusAsync("waiting");

        Assert.True(await Client.SuspendAsync("i1", "lunch", Deadline));
        await Client.RaiseEventAsync("i1", "n", "a", Deadline);
        await Client.RaiseEventAsync("i1", "n", "b", Deadline);
        await ScheduleAsync("main", id: "witness");
        await CustomStatusAsync("waiting", "witness");
        var held = (await Client.GetAsync("i1", Deadline))!;
        Assert.True(await Client.ResumeAsync("i1", "back", Deadline));

        Assert.Equal((OrchestrationStatus.Suspended, "waiting"), (held.Status, held.CustomStatus!.GetValue<string>()));
        Assert.Equal("ab", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Suspend_ThroughARestart_StillHolds()
    {
        static void Code(EngineSetup setup) =>
            setup.Orchestrator<int, string>("main", (context, _) => context.WaitForExternalEvent<string>("n"));
        await StartAsync(Code);
        await ScheduleAsync("main");
        await Client.SuspendAsync("i1", null, Deadline);
        await Client.RaiseEventAsync("i1", "n", "a", Deadline);

        await RestartAsync(Code);
        Assert.Equal(OrchestrationStatus.Suspended, (await Client.GetAsync("i1", Deadline))!.Status);
        await Client.ResumeAsync("i1", null, Deadline);

        Assert.Equal("a", Result<string>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Suspend_HoldsTheChildren_BeforeTheirNextActivity()
    {
        var (begun, finish) = (Signal(), Signal());
        var after = 0;
        await StartAsync(setup => Witness(setup)
            .Activity<int, int>("before", async (_, x, token) =>
            {
                begun.TrySetResult();
                await finish.Task.WaitAsync(token);
                return x + 1;
            })
            .Activity<int, int>("after", (_, x, _) => Task.FromResult(x + 1 + (0 * Interlocked.Increment(ref after))))
            .Orchestrator<int, int>("child", async (context, x) =>
                await context.CallActivityAsync<int>("after", await context.CallActivityAsync<int>("before", x)))
            .Orchestrator<int, int>("main", (context, x) =>
                context.CallSubOrchestrationAsync<int>("child", x, new SubOrchestrationOptions { InstanceId = "i1:child" })));
        await ScheduleAsync("main", 1);
        await begun.Task.WaitAsync(Deadline);

        Assert.True(await Client.SuspendAsync("i1", null, Deadline));
        var child = (await Client.GetAsync("i1:child", Deadline))!;
        finish.SetResult();
        await RunAsync("witness", 0, "witness");
        var calls = Volatile.Read(ref after);
        Assert.True(await Client.ResumeAsync("i1", null, Deadline));

        Assert.Equal((OrchestrationStatus.Suspended, 0), (child.Status, calls));
        Assert.Equal(3, Result<int>(await EndAsync()));
    }

    [Fact]
    public virtual async Task Suspend_HoldsCallsThatWaitInLine()
    {
        var (begun, finish) = (Signal(), Signal());
        var second = 0;
        await StartAsync(setup =>
        {
            setup.MaxConcurrentActivities = 1;
            Witness(setup)
                .Activity<int, int>("first", async (_, x, token) =>
                {
                    begun.TrySetResult();
                    await finish.Task.WaitAsync(token);
                    return x;
                })
                .Activity<int, int>("second", (_, x, _) => Task.FromResult(x + (0 * Interlocked.Increment(ref second))))
                .Orchestrator<int, int>("main", async (context, x) =>
                    (await Task.WhenAll(context.CallActivityAsync<int>("first", x), context.CallActivityAsync<int>("second", x))).Sum());
        });
        await ScheduleAsync("main", 1);
        await begun.Task.WaitAsync(Deadline);

        await Client.SuspendAsync("i1", null, Deadline);
        finish.SetResult();
        await RunAsync("witness", 0, "witness");
        var calls = Volatile.Read(ref second);
        await Client.ResumeAsync("i1", null, Deadline);

        Assert.Equal(0, calls);
        Assert.Equal(2, Result<int>(await EndAsync()));
    }

    [Fact]
    public virtual async Task SuspendResumeTerminate_OfNobodyOrTheEnded_AreAnsweredWithFalse()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (_, x) => Task.FromResult(x)));
        await RunAsync("main", 1);

        foreach (var id in new[] { "i1", "nobody" })
        {
            Assert.False(await Client.SuspendAsync(id, null, Deadline));
            Assert.False(await Client.ResumeAsync(id, null, Deadline));
            Assert.False(await Client.TerminateAsync(id, null, Deadline));
        }
    }

    [Fact]
    public virtual async Task Terminate_EndsTheInstanceAndCancelsItsActivities()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await StartAsync(setup => setup
            .Activity<int, int>("hang", async (_, x, token) =>
            {
                running.SetResult();
                await using var registration = token.Register(() => cancelled.TrySetResult());
                await cancelled.Task;
                return x;
            })
            .Orchestrator<int, int>("main", (context, _) => context.CallActivityAsync<int>("hang", 1)));
        await ScheduleAsync("main");
        await running.Task.WaitAsync(Deadline);

        Assert.True(await Client.TerminateAsync("i1", "no more", Deadline));

        var ended = await EndAsync();
        await cancelled.Task.WaitAsync(Deadline);
        Assert.Equal((OrchestrationStatus.Terminated, "terminated", "no more"), (ended.Status, ended.Failure!.Code, ended.Failure.Message));
        Assert.False(await Client.TerminateAsync("i1", "again", Deadline));
    }

    [Fact]
    public virtual async Task Terminate_WhileSuspended_Works()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (context, _) => context.WaitForExternalEvent<int>("n")));
        await ScheduleAsync("main");
        await Client.SuspendAsync("i1", null, Deadline);

        await Client.TerminateAsync("i1", null, Deadline);

        Assert.Equal(OrchestrationStatus.Terminated, (await EndAsync()).Status);
    }

    [Fact]
    public virtual async Task Purge_OfAnEndedInstance_DeletesItWithItsChildren()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, int>("child", (_, x) => Task.FromResult(x))
            .Orchestrator<int, int>("main", (context, x) =>
                context.CallSubOrchestrationAsync<int>("child", x, new SubOrchestrationOptions { InstanceId = "i1:c" })));
        await RunAsync("main", 1);

        Assert.True(await Client.PurgeAsync("i1", Deadline));

        Assert.Null(await Client.GetAsync("i1", Deadline));
        Assert.Null(await Client.GetAsync("i1:c", Deadline));
        Assert.False(await Client.PurgeAsync("i1", Deadline));
    }

    [Fact]
    public virtual async Task Purge_OfARunningInstance_IsRefused()
    {
        await StartAsync(setup => setup.Orchestrator<int, int>("main", (context, _) => context.WaitForExternalEvent<int>("n")));
        await ScheduleAsync("main");

        Assert.False(await Client.PurgeAsync("i1", Deadline));
        Assert.NotNull(await Client.GetAsync("i1", Deadline));
    }

    [Fact]
    public virtual async Task Purge_ThenTheSameId_StartsAnewFromNothing()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("echo", x => x)
            .Orchestrator<int, string>(
                "main", async (context, x) => $"{await context.CallActivityAsync<int>("echo", x)} {context.NewGuid()}"));
        var first = await ResultAsync<string>("main", 1);
        await Client.PurgeAsync("i1", Deadline);

        var second = await ResultAsync<string>("main", 2);

        Assert.StartsWith("2 ", second, StringComparison.Ordinal);
        Assert.NotEqual(first![2..], second![2..]);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Another instance, which takes steps while the one under test is held.</summary>
    private static EngineSetup Witness(EngineSetup setup) => setup
        .Activity<int, int>("look", x => x + 1)
        .Orchestrator<int, int>("witness", async (context, x) =>
            await context.CallActivityAsync<int>("look", await context.CallActivityAsync<int>("look", x)));
}
