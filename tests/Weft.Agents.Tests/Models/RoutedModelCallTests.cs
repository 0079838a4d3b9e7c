using Weft.Sandbox.Faults;
using Weft.Sandbox.Script;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tests.Models;

/// <summary>A call that ranks the models and asks one of them, in one step.</summary>
public sealed class RoutedModelCallTests
{
    private static CallModelRequest Call(params string[] models) => ModelBench.Call("gpt-4o") with
    {
        Model = null,
        Route = new RouteModelRequest { Scope = ModelBench.Scope, Profile = "balanced", EstimatedTokens = 200, Models = models },
    };

    [Fact]
    public async Task Call_AsksTheBestOfTheRanking_AndBringsTheRankingAlong()
    {
        await using var bench = await ModelBench.OnSandboxAsync();

        var outcome = await bench.CallRoutedAsync(Call("gpt-4o", "claude-3-haiku"));

        Assert.IsType<ModelOutcome.Replied>(outcome);
        Assert.Equal(["gpt-4o", "claude-3-haiku"], outcome.Routing!.Ranked.Select(m => m.Name));
        Assert.Contains("gpt-4o", outcome.Routing.Reasoning, StringComparison.Ordinal);
        Assert.Equal("gpt-4o", Assert.Single(await bench.CallsAsync()).SelectedModel);
    }

    [Fact]
    public async Task Call_ThatStaysWithAModel_AsksThatOne()
    {
        await using var bench = await ModelBench.OnSandboxAsync();

        var outcome = await bench.CallRoutedAsync(Call("gpt-4o", "claude-3-haiku") with { StayWith = "claude-3-haiku" });

        Assert.Equal(["claude-3-haiku", "gpt-4o"], outcome.Routing!.Ranked.Select(m => m.Name));
        Assert.Equal("claude-3-haiku", Assert.Single(await bench.CallsAsync()).SelectedModel);
    }

    [Fact]
    public async Task Call_ThatIsDeliveredAgain_NamesTheModelThatAnswered_ThoughTheRankingChanged()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Script.Set(new ScriptRule { Reply = new ScriptReply { Text = "Good morning." } });
        await bench.CallRoutedAsync(Call("gpt-4o", "claude-3-haiku"));

        var again = await bench.CallRoutedAsync(Call("claude-3-haiku", "gpt-4o"));

        Assert.Equal("Good morning.", (string?)Assert.IsType<ModelOutcome.Replied>(again).Message.Content);
        Assert.Equal(["gpt-4o", "claude-3-haiku"], again.Routing!.Ranked.Select(m => m.Name));
        Assert.Single(bench.Sandbox.Log.Entries, e => e.Model is not null);
    }

    [Fact]
    public async Task Call_WhoseModelFails_LeavesTheOthersToBeAsked()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        bench.Sandbox!.Faults.Set(new FaultRule { Kind = FaultKind.ServerError, Target = "openai" });

        var outcome = await bench.CallRoutedAsync(Call("gpt-4o", "claude-3-haiku"));

        Assert.True(Assert.IsType<ModelOutcome.Failed>(outcome).Failure.MayTryOther);
        Assert.Equal(["gpt-4o", "claude-3-haiku"], outcome.Routing!.Ranked.Select(m => m.Name));
    }

    [Fact]
    public async Task Call_ThatNoModelCanTake_SaysWhyOfEach()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        var call = Call("gpt-4o");

        var outcome = await bench.CallRoutedAsync(call with { Route = call.Route! with { EstimatedTokens = 90_000_000 } });

        Assert.IsType<ModelOutcome.Failed>(outcome);
        Assert.Empty(outcome.Routing!.Ranked);
        Assert.Equal("gpt-4o", Assert.Single(outcome.Routing.Rejected).Name);
        Assert.Empty(bench.Sandbox!.Log.Entries);
    }
}
