using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>Listing instances.</summary>
public abstract class ListingConformance : OrchestrationConformance
{
    private const int Many = 10_000;

    [Fact]
    public virtual async Task List_OfTenThousand_PagesThroughAllOnceNewestFirst()
    {
        await StartManyAsync();

        var listed = await AllAsync(new OrchestrationQuery { PageSize = 997 });

        Assert.Equal(Many, listed.Count);
        Assert.Equal(Many, listed.Select(instance => instance.InstanceId).Distinct(StringComparer.Ordinal).Count());
        Assert.True(listed.Zip(listed.Skip(1)).All(pair => pair.First.CreatedAt >= pair.Second.CreatedAt));

        var failed = await AllAsync(new OrchestrationQuery { Statuses = [OrchestrationStatus.Failed], PageSize = 300 });
        Assert.Equal(Many / 10, failed.Count);
        Assert.All(failed, instance => Assert.Equal("tenth", instance.Failure!.Code));

        var red = await AllAsync(new OrchestrationQuery { Tags = new Dictionary<string, string> { ["colour"] = "red" }, PageSize = 1000 });
        Assert.Equal(Many / 4, red.Count);

        var both = await AllAsync(new OrchestrationQuery
        {
            Tags = new Dictionary<string, string> { ["colour"] = "red", ["size"] = "large" },
            Statuses = [OrchestrationStatus.Completed],
            PageSize = 100,
        });
        Assert.Equal(Enumerable.Range(0, Many).Count(i => i % 4 == 0 && i % 2 == 0 && i % 10 != 0), both.Count);

        var prefixed = await AllAsync(new OrchestrationQuery { InstanceIdPrefix = "n-0012", PageSize = 4 });
        Assert.Equal(10, prefixed.Count);
    }

    [Fact]
    public virtual async Task List_WhileInstancesAreAdded_NeitherSkipsNorRepeatsTheOlder()
    {
        await StartAsync(Code);
        for (var i = 0; i < 30; i++)
        {
            await ScheduleAsync("main", i, $"old-{i}");
        }

        var first = await Client.ListAsync(new OrchestrationQuery { PageSize = 10 }, Deadline);
        await ScheduleAsync("main", 1, "new");
        List<OrchestrationInstance> all = [.. first.Items];
        for (var cursor = first.NextCursor; cursor is not null;)
        {
            var page = await Client.ListAsync(new OrchestrationQuery { PageSize = 10, Cursor = cursor }, Deadline);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }

        Assert.Equal(Enumerable.Range(0, 30).Reverse().Select(i => $"old-{i}"), all.Select(instance => instance.InstanceId));
    }

    [Fact]
    public virtual async Task List_ByTime_TakesTheInstancesCreatedWithin()
    {
        await StartAsync(Code);
        List<DateTime> created = [];
        for (var i = 0; i < 5; i++)
        {
            await RunAsync("main", 1, $"t{i}");
            created.Add((await Client.GetAsync($"t{i}", Deadline))!.CreatedAt);
            Time.Advance(TimeSpan.FromHours(1));
        }

        var within = await AllAsync(new OrchestrationQuery { CreatedFrom = created[1], CreatedTo = created[3] });
        var none = await AllAsync(new OrchestrationQuery { CreatedFrom = created[4].AddMinutes(1) });

        Assert.Equal(["t3", "t2", "t1"], within.Select(instance => instance.InstanceId));
        Assert.Empty(none);
    }

    [Fact]
    public virtual async Task List_ByName_LeavesOthersAndChildrenOut()
    {
        await StartAsync(setup => setup
            .Orchestrator<int, int>("child", (_, x) => Task.FromResult(x))
            .Orchestrator<int, int>("other", (_, x) => Task.FromResult(x))
            .Orchestrator<int, int>("main", (context, x) => context.CallSubOrchestrationAsync<int>("child", x)));
        await RunAsync("main", 1, "m");
        await RunAsync("other", 1, "o");

        Assert.Equal(["m"], (await AllAsync(new OrchestrationQuery { Name = "main" })).Select(instance => instance.InstanceId));
        Assert.Equal(2, (await AllAsync(new OrchestrationQuery())).Count);
        Assert.Equal(3, (await AllAsync(new OrchestrationQuery { IncludeChildren = true })).Count);
    }

    [Fact]
    public virtual async Task List_WithoutPayloads_LeavesThemOut()
    {
        await StartAsync(Code);
        await RunAsync("main", 3);

        var bare = Assert.Single(await AllAsync(new OrchestrationQuery()));
        var full = Assert.Single(await AllAsync(new OrchestrationQuery { IncludePayloads = true }));

        Assert.Null(bare.Output);
        Assert.Null(bare.Input);
        Assert.Equal((3, 3), (full.Input!.GetValue<int>(), full.Output!.GetValue<int>()));
    }

    [Fact]
    public virtual async Task List_WithAQueryThatWillNotDo_IsRefused()
    {
        await StartAsync(Code);

        Assert.Equal("invalid_page_size",
            (await Assert.ThrowsAsync<WeftException>(() => Client.ListAsync(new OrchestrationQuery { PageSize = 0 }, Deadline))).Code);
        Assert.Equal("invalid_page_size",
            (await Assert.ThrowsAsync<WeftException>(() => Client.ListAsync(new OrchestrationQuery { PageSize = 1001 }, Deadline))).Code);
        Assert.Equal("invalid_cursor",
            (await Assert.ThrowsAsync<WeftException>(
                () => Client.ListAsync(new OrchestrationQuery { Cursor = "'; drop" }, Deadline))).Code);
    }

    private static void Code(EngineSetup setup) => setup.Orchestrator<int, int>("main", (_, x) =>
        x % 10 == 0 ? throw new WeftException("tenth", Fault.Internal, "each tenth fails") : Task.FromResult(x));

    private async Task StartManyAsync()
    {
        await StartAsync(Code);
        await Parallel.ForEachAsync(Enumerable.Range(0, Many),
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = Deadline }, async (i, token) =>
        {
            var tags = new Dictionary<string, string> { ["size"] = i % 2 == 0 ? "large" : "small" };
            if (i % 4 == 0)
            {
                tags["colour"] = "red";
            }

            await Client.ScheduleAsync("main", i, new ScheduleOptions { InstanceId = $"n-{i:00000}0", Tags = tags }, token);
        });
        await Eventually.HoldsAsync(
            async () =>
                (await Client.ListAsync(
                    new OrchestrationQuery { Statuses = [OrchestrationStatus.Running, OrchestrationStatus.Pending], PageSize = 1 },
                    Deadline)).Items.Count == 0,
            Deadline);
    }

    private async Task<List<OrchestrationInstance>> AllAsync(OrchestrationQuery query)
    {
        List<OrchestrationInstance> all = [];
        while (true)
        {
            var page = await Client.ListAsync(query, Deadline);
            Assert.True(page.Items.Count <= query.PageSize);
            all.AddRange(page.Items);
            if (page.NextCursor is null)
            {
                return all;
            }

            query = query with { Cursor = page.NextCursor };
        }
    }
}
