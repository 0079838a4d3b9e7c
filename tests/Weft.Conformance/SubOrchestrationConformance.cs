using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>Orchestrations that start others.</summary>
public abstract class SubOrchestrationConformance : OrchestrationConformance
{
    /// <summary>What a parent is told of why its child was terminated.</summary>
    protected virtual string ReasonTold(string reason) => reason;

    [Fact]
    public virtual async Task Child_Completes_ItsResultReachesTheParent()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("double", x => x * 2)
            .Orchestrator<int, int>("child", (context, x) => context.CallActivityAsync<int>("double", x))
            .Orchestrator<int, int>("main", async (context, x) => 1 + await context.CallSubOrchestrationAsync<int>("child", x)));

        Assert.Equal(21, await ResultAsync<int>("main", 10));
    }

    [Fact]
    public virtual async Task Child_KnowsItsParent_AndTheChosenId()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, string>(
                "child", (context, _) => Task.FromResult($"{context.InstanceId} of {context.ParentInstanceId} as {context.Name}"))
            .Orchestrator<int, string>("main", (context, _) =>
                context.CallSubOrchestrationAsync<string>("child", 0, new SubOrchestrationOptions { InstanceId = "chosen" })));

        Assert.Equal("chosen of i1 as child", await ResultAsync<string>("main"));
        Assert.Equal("i1", (await Client.GetAsync("chosen", Deadline))!.ParentInstanceId);
    }

    [Fact]
    public virtual async Task Children_OfDeeplyNestedParentsWithLongIds_GetIdsOfTheirOwn()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, int>("main", async (context, depth) => depth == 0
                ? context.InstanceId.Length
                : Math.Max(
                    await context.CallSubOrchestrationAsync<int>("main", depth - 1),
                    await context.CallSubOrchestrationAsync<int>("main", 0))));

        Assert.InRange(await ResultAsync<int>("main", 12, new string('p', 98)), 1, 100);
    }

    [Fact]
    public virtual async Task Child_Fails_TheParentCatchesItsFailure()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, int>("child", (_, _) => throw new WeftException("child_broke", Fault.Internal, "no luck"))
            .Orchestrator<int, string>("main", async (context, _) =>
            {
                try
                {
                    return (await context.CallSubOrchestrationAsync<int>(
                        "child", 0, new SubOrchestrationOptions { InstanceId = "c" })).ToString();
                }
                catch (SubOrchestrationFailedException failed)
                {
                    return $"{failed.StepName} {failed.InstanceId} {failed.Code} {failed.Failure.Message}";
                }
            }));

        Assert.Equal("child c child_broke no luck", await ResultAsync<string>("main"));
        Assert.Equal(OrchestrationStatus.Failed, (await Client.GetAsync("c", Deadline))!.Status);
    }

    [Fact]
    public virtual async Task Child_Retried_EachAttemptIsAFreshChild()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, string>("child", (context, _) => context.InstanceId.EndsWith('3')
                ? Task.FromResult(context.InstanceId)
                : throw new WeftException("again", Fault.Unavailable, "not yet"))
            .Orchestrator<int, string>(
                "main", (context, _) => context.CallSubOrchestrationAsync<string>("child", 0, new SubOrchestrationOptions
            {
                InstanceId = "c",
                Retry = new RetryPolicy { MaxAttempts = 3, FirstDelay = TimeSpan.FromMilliseconds(1) },
            })));

        Assert.NotEqual("c", await ResultAsync<string>("main"));
    }

    [Fact]
    public virtual async Task Child_OfAnUnknownName_FailsTheCall()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, int>("main", (context, _) => context.CallSubOrchestrationAsync<int>("missing")));

        var ended = await RunAsync("main");

        Assert.Equal("orchestrator_not_registered", ended.Failure!.Code);
    }

    [Fact]
    public virtual async Task Child_WithAnIdInUse_FailsTheCallAndLeavesTheOther()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, int>("other", (context, _) => context.WaitForExternalEvent<int>("go"))
            .Orchestrator<int, int>("main", (context, _) =>
                context.CallSubOrchestrationAsync<int>("other", 0, new SubOrchestrationOptions { InstanceId = "taken" })));
        await ScheduleAsync("other", id: "taken");

        Assert.Equal("instance_already_exists", (await RunAsync("main")).Failure!.Code);

        await Client.RaiseEventAsync("taken", "go", 5, Deadline);
        Assert.Equal(5, Result<int>(await EndAsync("taken")));
    }

    [Fact]
    public virtual async Task Children_ManyAtOnce_AllReport()
    {
        await StartAsync(setup => setup
            .Activity<int, int>("echo", x => x)
            .Orchestrator<int, int>("child", (context, x) => context.CallActivityAsync<int>("echo", x))
            .Orchestrator<int, int>("main", async (context, count) =>
                (await Task.WhenAll(Enumerable.Range(0, count).Select(i => context.CallSubOrchestrationAsync<int>("child", i)))).Sum()));

        Assert.Equal(200 * 199 / 2, await ResultAsync<int>("main", 200));
    }

    [Fact]
    public virtual async Task Parent_Terminated_EndsItsChildrenAndTheirs()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, int>("leaf", (context, _) => context.WaitForExternalEvent<int>("never"))
            .Orchestrator<int, int>("child", (context, _) =>
                context.CallSubOrchestrationAsync<int>("leaf", 0, new SubOrchestrationOptions { InstanceId = "leaf" }))
            .Orchestrator<int, int>("main", (context, _) =>
                context.CallSubOrchestrationAsync<int>("child", 0, new SubOrchestrationOptions { InstanceId = "child" })));
        await ScheduleAsync("main");
        await Eventually.HoldsAsync(async () => await Client.GetAsync("leaf", Deadline) is not null, Deadline);

        Assert.True(await Client.TerminateAsync("i1", "enough", Deadline));

        Assert.Equal(OrchestrationStatus.Terminated, (await EndAsync()).Status);
        Assert.Equal(OrchestrationStatus.Terminated, (await EndAsync("child")).Status);
        Assert.Equal(OrchestrationStatus.Terminated, (await EndAsync("leaf")).Status);
    }

    [Fact]
    public virtual async Task Parent_Terminated_EndsTheChildrenThatAreNamedAfterIt()
    {
        await StartAsync(Family);
        await ScheduleAsync("main");
        await Eventually.HoldsAsync(async () => await Client.GetAsync("i1:child:leaf", Deadline) is not null, Deadline);

        Assert.True(await Client.TerminateAsync("i1", "enough", Deadline));

        foreach (var id in (string[])["i1", "i1:child", "i1:child:leaf"])
        {
            Assert.Equal(OrchestrationStatus.Terminated, (await EndAsync(id)).Status);
        }
    }

    [Fact]
    public virtual async Task Parent_WithALongId_Terminated_EndsItsChildrenAndLeavesOthers()
    {
        await StartAsync(Family);
        var start = new string('n', 80);
        await ScheduleAsync("main", id: start + "1");
        await ScheduleAsync("main", id: start + "2");
        await Eventually.HoldsAsync(async () => (await FamilyAsync()).Count == 6, Deadline);

        Assert.True(await Client.TerminateAsync(start + "1", "enough", Deadline));

        await Eventually.HoldsAsync(
            async () => (await FamilyAsync()).Count(i => i.Status == OrchestrationStatus.Terminated) == 3, Deadline);
        Assert.Equal(OrchestrationStatus.Running, (await Client.GetAsync(start + "2", Deadline))!.Status);

        async Task<IReadOnlyList<OrchestrationInstance>> FamilyAsync() =>
            (await Client.ListAsync(new OrchestrationQuery { IncludeChildren = true }, Deadline)).Items;
    }

    [Fact]
    public virtual async Task Child_Terminated_FailsTheParentsCall()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, int>("child", (context, _) => context.WaitForExternalEvent<int>("never"))
            .Orchestrator<int, int>("main", (context, _) =>
                context.CallSubOrchestrationAsync<int>("child", 0, new SubOrchestrationOptions { InstanceId = "c" })));
        await ScheduleAsync("main");
        await Eventually.HoldsAsync(async () => await Client.GetAsync("c", Deadline) is not null, Deadline);

        await Client.TerminateAsync("c", "by hand", Deadline);

        var ended = await EndAsync();
        Assert.Equal(("terminated", ReasonTold("by hand")), (ended.Failure!.Code, ended.Failure.Message));
    }

    [Fact]
    public virtual async Task Child_GivenUpByItsParent_IsTerminated()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, int>("child", (context, _) => context.WaitForExternalEvent<int>("never"))
            .Orchestrator<int, string>("main", async (context, _) =>
            {
                using var over = new CancellationTokenSource();
                var child = context.CallSubOrchestrationAsync<int>(
                    "child", 0, new SubOrchestrationOptions { InstanceId = "c", CancellationToken = over.Token });
                await context.WaitForExternalEvent<int>("give up");
                over.Cancel();
                try
                {
                    await child;
                    return "no";
                }
                catch (OperationCanceledException)
                {
                    return "given up";
                }
            }));
        await ScheduleAsync("main");

        await Client.RaiseEventAsync("i1", "give up", 0, Deadline);

        Assert.Equal("given up", Result<string>(await EndAsync()));
        Assert.Equal(OrchestrationStatus.Terminated, (await EndAsync("c")).Status);
    }

    [Fact]
    public virtual async Task Child_GivenUpByItsParent_IsTerminatedWithItsOwnChildren()
    {
        await StartAsync(setup =>
        {
            Family(setup);
            setup.Orchestrator<int, string>("giver", async (context, _) =>
            {
                using var over = new CancellationTokenSource();
                var family = context.CallSubOrchestrationAsync<int>(
                    "main", 0, new SubOrchestrationOptions { InstanceId = IdBelow(context, "main"), CancellationToken = over.Token });
                await context.WaitForExternalEvent<int>("give up");
                over.Cancel();
                return family.IsCanceled ? "given up" : "no";
            });
        });
        await ScheduleAsync("giver");
        await Eventually.HoldsAsync(async () => await Client.GetAsync("i1:main:child:leaf", Deadline) is not null, Deadline);

        await Client.RaiseEventAsync("i1", "give up", 0, Deadline);

        await EndAsync();
        foreach (var id in (string[])["i1:main", "i1:main:child", "i1:main:child:leaf"])
        {
            Assert.Equal(OrchestrationStatus.Terminated, (await EndAsync(id)).Status);
        }
    }

    [Fact]
    public virtual async Task Child_AcrossARestart_StillReports()
    {
        static void Code(EngineSetup setup) => setup
            .Orchestrator<int, int>("child", (context, _) => context.WaitForExternalEvent<int>("go"))
            .Orchestrator<int, int>("main", (context, _) =>
                context.CallSubOrchestrationAsync<int>("child", 0, new SubOrchestrationOptions { InstanceId = "c" }));
        await StartAsync(Code);
        await ScheduleAsync("main");
        await Eventually.HoldsAsync(async () => await Client.GetAsync("c", Deadline) is not null, Deadline);

        await RestartAsync(Code);
        await Client.RaiseEventAsync("c", "go", 9, Deadline);

        Assert.Equal(9, Result<int>(await EndAsync()));
    }

    private static void Family(EngineSetup setup) => setup
        .Orchestrator<int, int>("leaf", (context, _) => context.WaitForExternalEvent<int>("never"))
        .Orchestrator<int, int>("child", (context, _) => context.CallSubOrchestrationAsync<int>(
            "leaf", 0, new SubOrchestrationOptions { InstanceId = IdBelow(context, "leaf") }))
        .Orchestrator<int, int>("main", (context, _) => context.CallSubOrchestrationAsync<int>(
            "child", 0, new SubOrchestrationOptions { InstanceId = IdBelow(context, "child") }));

    // As the product names children: after their parent, cut where that grows too long.
    private static string IdBelow(IOrchestrationContext context, string name)
    {
        var whole = $"{context.InstanceId}:{name}";
        return whole.Length <= 82 ? whole : $"{whole[..79]}-{context.NewGuid():N}"[..100];
    }
}
