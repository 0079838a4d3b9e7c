using Weft.Agents.Models.Budgets;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Health;
using Weft.Agents.Models.Routing;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Tests.Models;

public sealed class ModelRankingTests
{
    private readonly Dictionary<string, ModelCondition> _conditions = [];
    private readonly Dictionary<string, string> _unreachable = [];
    private readonly List<BudgetStatus> _budgets = [];
    private ModelCatalog _catalog = ModelCatalog.BuiltIn;

    [Fact]
    public void Fast_OfAShortPrompt_PicksTheQuickestAndKeepsTheSlowAsLastResort()
    {
        var decision = Rank("fast", 112);

        Assert.Equal(["claude-3-haiku", "gpt-3.5-turbo", "claude-3-sonnet", "gpt-4-turbo"], decision.Ranked.Select(r => r.Name));
        Assert.Equal([null, null], decision.Ranked.Take(2).Select(r => r.Note));
        Assert.Equal("fallback: over the latency limit (~2000 ms, limit 1000 ms)", decision.Ranked[2].Note);
        Assert.True(decision.Ranked[0].EstimatedCostUsd < 0.01);
    }

    [Fact]
    public void Score_IsTheWeightedSumOfLatencyCostAndQuality()
    {
        var best = Rank("fast", 1000).Ranked[0];

        // 600 tokens in, 400 out of claude-3-haiku: $0.00065.
        Assert.Equal(0.00065, best.EstimatedCostUsd, 9);
        Assert.Equal((0.6 * (1 - (600 / 5000.0))) + (0.3 * (1 - (0.00065 / 0.10))) + (0.1 * 0.75), best.Score, 4);
    }

    [Fact]
    public void Balanced_PrefersTheBestMixAndKeepsItsSlowFallbacks()
    {
        var decision = Rank("balanced", 500);

        Assert.Equal(["claude-3-sonnet", "gpt-4-turbo", "claude-3-opus", "gpt-4"], decision.Ranked.Select(r => r.Name));
        Assert.Equal("Selected claude-3-sonnet for balanced profile.", decision.Reasoning[..46]);
        Assert.Contains("Score 0.8", decision.Reasoning, StringComparison.Ordinal);
        Assert.Contains("Next best: gpt-4-turbo", decision.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public void Powerful_WithAPromptOverFourFifthsOfTheWindow_LeavesTheModelOut()
    {
        Assert.Contains("gpt-4", Rank("powerful", 6553).Ranked.Select(r => r.Name));

        var decision = Rank("powerful", 6554);

        var rejected = Assert.Single(decision.Rejected);
        Assert.Equal("gpt-4", rejected.Name);
        Assert.Contains("80 % of its window of 8,192", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void CostLimit_IsHard()
    {
        var decision = Rank("fast", 20_000);

        Assert.DoesNotContain("gpt-4-turbo", decision.Ranked.Select(r => r.Name));
        Assert.Contains("over the limit of $0.01", Reason(decision, "gpt-4-turbo"), StringComparison.Ordinal);
    }

    [Fact]
    public void CostLimit_OfTheNode_ReplacesTheProfiles()
    {
        var decision = Rank("fast", 15_100, r => r with { MaxCostPerCall = 0.001 });

        Assert.Empty(decision.Ranked);
        Assert.All(decision.Rejected, r => Assert.Contains("limit of $0.001", r.Reason, StringComparison.Ordinal));
        Assert.StartsWith("No viable models found for profile fast with 15100 tokens.", decision.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public void CostLimit_OfTheWorkflow_HoldsBesideTheProfiles()
    {
        var decision = Rank("balanced", 1000, r => r with { CostControls = new CostControls { MaxCostPerCall = 0.01 } });

        Assert.Equal(["claude-3-sonnet"], decision.Ranked.Select(r => r.Name));
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("tool_calling")]
    public void Capability_ThatAModelLacks_LeavesItOut(string capability)
    {
        var decision = Rank("custom", 100, r => r with { Models = ["llama3", "llama3.1"], RequiredCapabilities = [capability] });

        Assert.Equal(["llama3.1"], decision.Ranked.Select(r => r.Name));
        Assert.Equal("it lacks tools", Reason(decision, "llama3"));
    }

    [Fact]
    public void StructuredOutput_IsNoReasonToLeaveAModelOut()
    {
        var decision = Rank("fast", 100, r => r with { RequiredCapabilities = ["structured_output"] });

        Assert.Equal("structured output by instruction and validation", decision.Ranked[0].Note);
    }

    [Fact]
    public void Capability_ThatNothingHas_IsRefusedWithTheNearest()
    {
        var failure = Assert.Throws<ActivityException>(() => Rank("fast", 100, r => r with { RequiredCapabilities = ["visoin"] }));

        Assert.Equal("unknown_capability", failure.Code);
        Assert.Contains("Did you mean 'vision'?", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProviderWithoutAKey_IsNoCandidateAndTheDecisionSaysSo()
    {
        _unreachable["anthropic"] = "no key for anthropic: set ANTHROPIC_API_KEY";

        var decision = Rank("fast", 100);

        Assert.Equal(["gpt-3.5-turbo", "gpt-4-turbo"], decision.Ranked.Select(r => r.Name));
        Assert.Contains("claude-3-haiku: no key for anthropic: set ANTHROPIC_API_KEY", decision.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenCircuit_LeavesTheModelOut()
    {
        _conditions["claude-3-haiku"] = new ModelCondition { CircuitOpenFor = TimeSpan.FromSeconds(41.2) };

        var decision = Rank("fast", 100);

        Assert.Equal("gpt-3.5-turbo", decision.Ranked[0].Name);
        Assert.Contains("open for another 42 s", Reason(decision, "claude-3-haiku"), StringComparison.Ordinal);
    }

    [Fact]
    public void CoolingModel_ComesAfterTheOthersWithinTheLimits()
    {
        _conditions["claude-3-haiku"] = new ModelCondition { CoolingFor = TimeSpan.FromSeconds(7), CoolingBecause = "rate_limited" };

        var decision = Rank("fast", 100);

        Assert.Equal(["gpt-3.5-turbo", "claude-3-haiku", "claude-3-sonnet", "gpt-4-turbo"], decision.Ranked.Select(r => r.Name));
        Assert.Equal("fallback: cooling down for another 7 s (rate_limited)", decision.Ranked[1].Note);
    }

    [Fact]
    public void Budget_WithLessLeftThanACallCosts_LeavesTheModelOutAndKeepsTheCheaper()
    {
        _budgets.Add(
            new BudgetStatus("conversation 'c1' of workflow 'w'", "conversation", "c1", "w", 0.50m, 0.48m, 0.0199m, Alerted: true));

        var decision = Rank("fast", 120);

        Assert.Equal(["claude-3-haiku"], decision.Ranked.Select(r => r.Name));
        Assert.Contains("$0.0001 that are left of $0.5 for conversation 'c1'", Reason(decision, "gpt-3.5-turbo"), StringComparison.Ordinal);
    }

    [Fact]
    public void ObservedLatency_ReplacesTheCatalogsAndIsExplained()
    {
        _conditions["claude-3-sonnet"] = new ModelCondition { ObservedLatencyMs = 450, ObservedCalls = 57 };

        var decision = Rank("fast", 100, r => r with { MaxLatencyMs = 500 });

        Assert.Equal(("claude-3-sonnet", 450), (decision.Ranked[0].Name, decision.Ranked[0].EstimatedLatencyMs));
        Assert.Contains("~450ms (observed over 57 calls; catalog 2000ms)", decision.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public void ObservedReplyLength_ReplacesTheFortyPercent()
    {
        _conditions["claude-3-haiku"] = new ModelCondition { ObservedOutputTokens = 20, ObservedCalls = 30 };

        var decision = Rank("fast", 1000);

        Assert.Equal(((600 * 0.00025) + (20 * 0.00125)) / 1000, decision.Ranked[0].EstimatedCostUsd, 9);
        Assert.Contains("600 tokens in, 20 out, the reply as observed over 30 calls", decision.Reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public void NamedModels_KeepTheirOrderAndAreFreeOfTheProfilesLimits()
    {
        var decision = Rank("fast", 1000, r => r with { Models = ["gpt-4", "claude-3-haiku", "gpt-4"] });

        Assert.Equal(["gpt-4", "claude-3-haiku"], decision.Ranked.Select(r => r.Name));
        Assert.Null(decision.Ranked[0].Note);
    }

    [Fact]
    public void NamedModel_ThatIsUnknown_IsRejectedWithTheNearest()
    {
        var decision = Rank("balanced", 100, r => r with { Models = ["gpt-4-trubo"] });

        Assert.Empty(decision.Ranked);
        Assert.Equal("no such model. Did you mean 'gpt-4-turbo'?", Reason(decision, "gpt-4-trubo"));
    }

    [Fact]
    public void RetiredModel_IsNoTarget()
    {
        var decision = Rank("custom", 100, r => r with { Models = ["claude-3-7-sonnet"] });

        Assert.Equal("its provider has retired it", Reason(decision, "claude-3-7-sonnet"));
    }

    [Fact]
    public void PreferredModel_WinsATie()
    {
        _catalog = _catalog.WithFile(
            """
            profiles: [{name: twins, primary: [one, two], weights: {latency: 1, cost: 0, quality: 0}}]
            models:
              - {name: one, provider: openai, cost_per_1k_input: 0, cost_per_1k_output: 0, avg_latency_ms: 1000}
              - {name: two, provider: openai, cost_per_1k_input: 0, cost_per_1k_output: 0, avg_latency_ms: 1010}
            """,
            "twins.yaml");

        Assert.Equal("one", Rank("twins", 100).Ranked[0].Name);
        Assert.Equal("two", Rank("twins", 100, r => r with { PreferredModels = ["two"] }).Ranked[0].Name);
    }

    [Fact]
    public void UnknownPrice_IsNotFreeWhereALimitMustBeKept()
    {
        var free = Rank("custom", 100, r => r with { Models = ["openai/gpt-9"] });
        var limited = Rank("custom", 100, r => r with { Models = ["openai/gpt-9"], MaxCostPerCall = 1 });

        Assert.Contains("price not known", free.Ranked[0].Note, StringComparison.Ordinal);
        Assert.Contains("no cost limit can be kept", Assert.Single(limited.Rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownProfile_IsRefusedWithTheNearest()
    {
        var failure = Assert.Throws<WeftException>(() => Rank("ballanced", 100));

        Assert.Equal("There is no model profile 'ballanced'. Did you mean 'balanced'?", failure.Message);
    }

    private RoutingDecision Rank(string profile, int tokens, Func<RouteModelRequest, RouteModelRequest>? change = null)
    {
        var request = new RouteModelRequest { Scope = ModelBench.Scope, Profile = profile, EstimatedTokens = tokens };
        return ModelRanking.Rank(change?.Invoke(request) ?? request, new RoutingSnapshot
        {
            Catalog = _catalog,
            Unreachable = spec => _unreachable.GetValueOrDefault(spec.Provider),
            Condition = spec => _conditions.GetValueOrDefault(spec.Name) ?? new ModelCondition(),
            Budgets = _budgets,
        });
    }

    private static string Reason(RoutingDecision decision, string model) => decision.Rejected.Single(r => r.Name == model).Reason;
}
