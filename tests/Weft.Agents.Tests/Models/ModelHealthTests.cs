using Weft.Agents.Models.Routing;
using Weft.Agents.Tests.Storage;
using Weft.Sandbox.Faults;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tests.Models;

public sealed class ModelHealthTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Circuit_AfterFiveFailures_RefusesCallsAndRouting()
    {
        await using var bench = await FailingAsync(calls: 5);

        var refused = await bench.FailureAsync(ModelBench.Call("gpt-3.5-turbo", callId: "6"));
        var decision = await bench.RouteAsync(Fast());

        Assert.Equal(("circuit_open", true, true, 60_000), (refused.Kind, refused.MayTryOther, refused.Transient, refused.RetryAfterMs));
        Assert.Equal(5, bench.Sandbox!.Log.Entries.Count);
        var reason = decision.Rejected.Single(r => r.Name == "gpt-3.5-turbo").Reason;
        Assert.Contains("circuit is open for another 60 s", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("gpt-3.5-turbo", decision.Ranked.Select(r => r.Name));
        Assert.Contains(bench.Logs.Lines, l => l.StartsWith("Warning 2105", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Circuit_AfterFourFailures_IsClosed()
    {
        await using var bench = await FailingAsync(calls: 4);

        Assert.Contains("gpt-3.5-turbo", (await bench.RouteAsync(Fast())).Ranked.Select(r => r.Name));
    }

    [Fact]
    public async Task Circuit_OfOneModel_LeavesOthersAlone()
    {
        await using var bench = await FailingAsync(calls: 5);
        bench.Sandbox!.Faults.Clear();

        await bench.ReplyAsync(ModelBench.Call("gpt-4o", callId: "other"));
    }

    [Fact]
    public async Task Circuit_AfterItsBreak_LetsAProbeThroughAndClosesWhenItSucceeds()
    {
        await using var bench = await FailingAsync(calls: 5);
        bench.Sandbox!.Faults.Clear();
        _time.Advance(TimeSpan.FromSeconds(60));

        var probing = (await bench.RouteAsync(Fast())).Ranked.Single(r => r.Name == "gpt-3.5-turbo");
        await bench.ReplyAsync(ModelBench.Call("gpt-3.5-turbo", callId: "probe"));
        var healed = (await bench.RouteAsync(Fast())).Ranked.Single(r => r.Name == "gpt-3.5-turbo");

        Assert.Equal("half-open: the next call is a probe", probing.Note);
        Assert.Null(healed.Note);
    }

    [Fact]
    public async Task Circuit_WhoseProbeFails_OpensAgain()
    {
        await using var bench = await FailingAsync(calls: 5);
        _time.Advance(TimeSpan.FromSeconds(60));

        await bench.FailureAsync(ModelBench.Call("gpt-3.5-turbo", callId: "probe"));

        Assert.Equal("circuit_open", (await bench.FailureAsync(ModelBench.Call("gpt-3.5-turbo", callId: "after"))).Kind);
    }

    [Fact]
    public async Task PromptsThatAreRefused_DoNotOpenTheCircuit()
    {
        await using var bench = await ModelBench.OnSandboxAsync(new BenchSettings { Time = _time });
        for (var i = 0; i < 8; i++)
        {
            await bench.FailureAsync(ModelBench.Call("gpt-4", new string('x', 60_000), callId: $"{i}"));
        }

        var last = await bench.FailureAsync(ModelBench.Call("gpt-4", new string('x', 60_000), callId: "last"));
        Assert.Equal("context_too_long", last.Kind);
    }

    [Fact]
    public async Task RateLimit_PutsTheModelBehindTheOthersUntilTheHintIsOver()
    {
        await using var bench = await ModelBench.OnSandboxAsync(new BenchSettings { Time = _time });
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.RateLimit, RetryAfter = 20 });
        await bench.FailureAsync(ModelBench.Call("claude-3-haiku"));

        var during = await bench.RouteAsync(Fast());
        _time.Advance(TimeSpan.FromSeconds(21));
        var after = await bench.RouteAsync(Fast());

        Assert.Equal(
            ("claude-3-haiku", "fallback: cooling down for another 20 s (rate_limited)"), (during.Ranked[1].Name, during.Ranked[1].Note));
        Assert.Equal("claude-3-haiku", after.Ranked[0].Name);
    }

    [Fact]
    public async Task Observations_OfEnoughCalls_ReplaceTheCatalogsAndFadeWithTime()
    {
        await using var bench = await ModelBench.OnSandboxAsync(BenchSettings.With("Weft:Models:ObservedCalls", "3") with { Time = _time });
        for (var i = 0; i < 3; i++)
        {
            Assert.DoesNotContain("observed", (await bench.RouteAsync(Fast())).Reasoning, StringComparison.Ordinal);
            await bench.ReplyAsync(ModelBench.Call("claude-3-haiku", callId: $"{i}"));
        }

        var fresh = await bench.RouteAsync(Fast());
        _time.Advance(TimeSpan.FromHours(3));
        var stale = await bench.RouteAsync(Fast());

        Assert.Contains("(observed over 3 calls; catalog 600ms)", fresh.Reasoning, StringComparison.Ordinal);
        Assert.Contains("Latency: ~600ms,", stale.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observations_SurviveARestart()
    {
        var store = new MemoryRecordStore();
        var values = new Dictionary<string, string?> { ["Weft:Models:ObservedCalls"] = "2" };
        await using (var before = await ModelBench.OnSandboxAsync(new BenchSettings { Time = _time, Store = store, Values = values }))
        {
            await before.ReplyAsync(ModelBench.Call("claude-3-haiku", callId: "1"));
            await before.ReplyAsync(ModelBench.Call("claude-3-haiku", callId: "2"));
        }

        await using var after = await ModelBench.OnSandboxAsync(new BenchSettings { Time = _time, Store = store, Values = values });

        Assert.Contains("observed over 2 calls", (await after.RouteAsync(Fast())).Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listing_SaysWhatCanBeCalledAndWhyNot()
    {
        await using var bench = await FailingAsync(calls: 5);

        var models = (await bench.Get<ModelRouter>().ListAsync(bench.Deadline)).ToDictionary(m => m.Name);

        var haiku = models["claude-3-haiku"];
        Assert.Equal((true, null, 0.00025m), (haiku.Available, haiku.Unavailable, haiku.CostPer1kInput));
        Assert.Equal("its circuit is open for another 60 s", models["gpt-3.5-turbo"].Unavailable);
        Assert.False(models["claude-3-7-sonnet"].Available);
    }

    [Fact]
    public async Task Explain_RoutesWithoutACall()
    {
        await using var bench = await ModelBench.OnSandboxAsync();

        var decision = await bench.Get<ModelRouter>().ExplainAsync(
            new RouteQuery { Messages = [ChatTurn.User("Hello")], Profile = "fast", RequiredCapabilities = ["tools"] }, bench.Deadline);

        Assert.Equal(("claude-3-haiku", 105), (decision.Ranked[0].Name, decision.EstimatedTokens));
        Assert.Empty(bench.Sandbox!.Log.Entries);
    }

    private async Task<ModelBench> FailingAsync(int calls)
    {
        var bench = await ModelBench.OnSandboxAsync(new BenchSettings { Time = _time });
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.ServerError, Model = "gpt-3.5-turbo" });
        for (var i = 1; i <= calls; i++)
        {
            Assert.Equal("server_error", (await bench.FailureAsync(ModelBench.Call("gpt-3.5-turbo", callId: $"{i}"))).Kind);
        }

        return bench;
    }

    private static RouteModelRequest Fast() => new() { Scope = ModelBench.Scope, Profile = "fast", EstimatedTokens = 200 };
}
