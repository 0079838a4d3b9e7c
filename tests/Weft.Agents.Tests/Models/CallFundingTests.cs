using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Tokens;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Agents.Tests.Models;

public sealed class CallFundingTests
{
    private static readonly string Ids =
        string.Join('\n', Enumerable.Range(1, 60).Select(i => new Guid(i * 7919, 4711, 17, 9, 8, 7, 6, 5, 4, 3, 2).ToString()));

    [Fact]
    public async Task ShortPrompt_UnderALargeBudget_LoadsNoVocabulary()
    {
        await using var bench = await ModelBench.OnSandboxAsync();

        await bench.ReplyAsync(ModelBench.Call("gpt-4") with { CostControls = new CostControls { DailyBudget = 10, MaxCostPerCall = 1 } });

        Assert.False(bench.Get<TokenCounter>().IsLoaded);
    }

    [Fact]
    public async Task ShortPrompt_WhoseReplyIsCutByTheMoney_LoadsNoVocabulary()
    {
        await using var bench = await ModelBench.OnSandboxAsync();

        await bench.ReplyAsync(ModelBench.Call("gpt-4") with { CostControls = new CostControls { MaxCostPerExecution = 0.05 } });

        Assert.False(bench.Get<TokenCounter>().IsLoaded);
    }

    [Fact]
    public async Task Prompt_ThatMayNotFitTheMoney_IsCounted_AndGoesWhereItFits()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        var request = ModelBench.Call("gpt-4", Ids);
        var tokens = bench.Get<TokenCounter>().Count(Catalog("gpt-4"), Ids);

        // Its prompt and a short reply; by twice an estimate it would be refused.
        var budget = Math.Round(((tokens * 1.1) + 200) * 0.03 / 1000 + (0.06 * 100 / 1000), 4);
        var outcome = await bench.CallAsync(request with { CostControls = new CostControls { MaxCostPerExecution = budget } });

        var reply = Assert.IsType<ModelOutcome.Replied>(outcome);
        Assert.InRange(reply.CostUsd!.Value, 0, budget);
    }

    [Fact]
    public async Task Prompt_ThatDoesNotFitTheMoney_IsRefused()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        var tokens = bench.Get<TokenCounter>().Count(Catalog("gpt-4"), Ids);

        var controls = new CostControls { MaxCostPerExecution = tokens * 0.03 / 1000 };
        var failure = await bench.FailureAsync(ModelBench.Call("gpt-4", Ids) with { CostControls = controls });

        Assert.Equal("budget_exceeded", failure.Kind);
        Assert.Empty(bench.Sandbox!.Log.Entries);
    }

    [Fact]
    public async Task Prompt_ThatFillsTheWindow_IsCounted_SoThatTheReplyHasItsRoom()
    {
        await using var bench = await ModelBench.OnSandboxAsync();
        var prompt = string.Concat(Enumerable.Repeat(" word", 3_000));

        await bench.ReplyAsync(ModelBench.Call("gpt-4", prompt) with { MaxTokens = 4_000 });

        Assert.True(bench.Get<TokenCounter>().IsLoaded);
    }

    private static ModelSpec Catalog(string model) => ModelCatalog.BuiltIn.Find(model)!;
}
