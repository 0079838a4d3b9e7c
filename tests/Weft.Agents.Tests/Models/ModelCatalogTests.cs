using Weft.Agents.Models.Catalog;
using Weft.Language;
using Weft.Language.Definitions;

namespace Weft.Agents.Tests.Models;

public sealed class ModelCatalogTests
{
    [Theory]
    [InlineData("gpt-4-turbo", "openai", "gpt-4-turbo-preview", 128000, 0.01, 0.03, 3000, 9.5)]
    [InlineData("gpt-4", "openai", "gpt-4", 8192, 0.03, 0.06, 4000, 10.0)]
    [InlineData("gpt-3.5-turbo", "openai", "gpt-3.5-turbo", 16384, 0.0005, 0.0015, 800, 7.0)]
    [InlineData("claude-3-opus", "anthropic", "claude-3-opus-20240229", 200000, 0.015, 0.075, 3500, 9.8)]
    [InlineData("claude-3-sonnet", "anthropic", "claude-3-sonnet-20240229", 200000, 0.003, 0.015, 2000, 8.5)]
    [InlineData("claude-3-haiku", "anthropic", "claude-3-haiku-20240307", 200000, 0.00025, 0.00125, 600, 7.5)]
    public void TheSixModelsOfTheProfiles_HaveTheirFigures(
        string name, string provider, string id, int window, double input, double output, int latency, double quality)
    {
        var spec = ModelCatalog.BuiltIn.Find(name)!;

        Assert.Equal(
            (provider, id, window, latency, quality),
            (spec.Provider, spec.Model, spec.ContextWindow, spec.AvgLatencyMs, spec.QualityScore));
        Assert.Equal(((decimal)input, (decimal)output), (spec.Price!.Input, spec.Price.Output));
    }

    [Fact]
    public void Profiles_HaveTheirCandidatesLimitsAndWeights()
    {
        var fast = ModelCatalog.BuiltIn.Profile("fast");
        var balanced = ModelCatalog.BuiltIn.Profile("balanced");
        var powerful = ModelCatalog.BuiltIn.Profile("powerful");

        Assert.Equal(["gpt-3.5-turbo", "claude-3-haiku", "gpt-4-turbo", "claude-3-sonnet"], fast.Candidates);
        Assert.Equal((0.01, 1000, new ProfileWeights(0.6, 0.3, 0.1)), (fast.MaxCostPerCall!.Value, fast.MaxLatencyMs!.Value, fast.Weights));
        Assert.Equal(["gpt-4-turbo", "claude-3-sonnet", "gpt-4", "claude-3-opus"], balanced.Candidates);
        Assert.Equal(
            (0.10, 3000, new ProfileWeights(0.33, 0.33, 0.34)),
            (balanced.MaxCostPerCall!.Value, balanced.MaxLatencyMs!.Value, balanced.Weights));
        Assert.Equal(["gpt-4", "claude-3-opus", "gpt-4-turbo", "claude-3-sonnet"], powerful.Candidates);
        Assert.Equal(
            (1.00, 5000, new ProfileWeights(0.2, 0.2, 0.6)),
            (powerful.MaxCostPerCall!.Value, powerful.MaxLatencyMs!.Value, powerful.Weights));
    }

    [Theory]
    [InlineData("gpt-4-turbo-preview", "gpt-4-turbo")]
    [InlineData("claude-3-opus-20240229", "claude-3-opus")]
    [InlineData("Claude-3-Opus", "claude-3-opus")]
    [InlineData("anthropic/claude-3-haiku", "claude-3-haiku")]
    [InlineData("google/gemini-2.5-flash", "gemini-2.5-flash")]
    [InlineData("openai:gpt-4o", "gpt-4o")]
    [InlineData("gpt-oss:20b-cloud", "gpt-oss:20b-cloud")]
    [InlineData("openai/gpt-oss-20b", "gpt-oss-20b")]
    public void Find_ByAliasOrId_FindsTheModel(string name, string expected) =>
        Assert.Equal(expected, ModelCatalog.BuiltIn.Find(name)?.Name);

    [Fact]
    public void Find_OfAKnownProvidersUnknownModel_KnowsNoPrice()
    {
        var spec = ModelCatalog.BuiltIn.Find("openai/gpt-9")!;

        Assert.Equal(("openai", "gpt-9", null, null), (spec.Provider, spec.Model, spec.Price, spec.ContextWindow));
        Assert.Null(ModelCatalog.BuiltIn.Find("nobody/gpt-9"));
    }

    [Theory]
    [InlineData("gpt-4o", 100_000, 1_000, 40_000, 0, 0.21)]
    [InlineData("gpt-5.5", 272_000, 1_000, 0, 0, 1.39)]
    [InlineData("gpt-5.5", 272_001, 1_000, 0, 0, 2.765010)]
    [InlineData("claude-haiku-5-5", 200_000, 1_000, 0, 0, 0.1025)]
    [InlineData("claude-sonnet-4-5", 10_000, 1_000, 4_000, 2_000, 0.0357)]
    [InlineData("gpt-3.5-turbo", 1_000, 1_000, 600, 0, 0.002)]
    [InlineData("claude-3-7-sonnet", 1_000, 1_000, 0, 0, 0.018)]
    public void Price_OfAFamily_CountsCachesAndLongPrompts(string model, long input, long output, long cached, long written, double usd) =>
        Assert.Equal((decimal)usd, ModelCatalog.BuiltIn.Find(model)!.Price!.CostOf(input, output, cached, written));

    [Fact]
    public void EveryModel_HasAProviderAPriceAndAWindow()
    {
        Assert.All(ModelCatalog.BuiltIn.Models, m =>
        {
            Assert.NotNull(ModelCatalog.BuiltIn.Provider(m.Provider));
            Assert.NotNull(m.Price);
            Assert.True(m.ContextWindow > 0 && m.MaxOutputTokens > 0 && m.AvgLatencyMs > 0 && m.QualityScore is > 0 and <= 10, m.Name);
        });
    }

    [Fact]
    public void With_AWorkflowsModel_InheritsWhatItDoesNotSay()
    {
        var catalog = ModelCatalog.BuiltIn.With(
            [new ModelDefinition { Name = "mine", Provider = "openai", Model = "gpt-4o", AvgLatencyMs = 99 }]);

        var mine = catalog.Find("mine")!;

        Assert.Equal((128000, 0.0025m, 99), (mine.ContextWindow, mine.Price!.Input, mine.AvgLatencyMs));
        Assert.Equal(1500, catalog.Find("gpt-4o")!.AvgLatencyMs);
    }

    [Fact]
    public void With_WhatAFileSaysAModelCanDo_GoesBeforeTheCatalog()
    {
        var known = ModelCatalog.BuiltIn.Find("gpt-4o")!.Supports;

        var mine = ModelCatalog.BuiltIn.With(
        [
            new ModelDefinition
            {
                Name = "gpt-4o",
                Provider = "openai",
                Model = "gpt-4o",
                SupportsTools = false,
                SupportsVision = true,
                SupportsStreaming = false,
            },
        ]);

        Assert.Equal((known | ModelSupport.Vision) & ~(ModelSupport.Tools | ModelSupport.Streaming), mine.Find("gpt-4o")!.Supports);
    }

    [Fact]
    public void With_AWorkflowsModelOfAKnownName_ReplacesIt()
    {
        var ours = new ModelDefinition
        {
            Name = "gpt-4",
            Provider = "azure",
            Model = "our-gpt4",
            CostPer1kInput = 0.02,
            CostPer1kOutput = 0.04,
        };
        var spec = ModelCatalog.BuiltIn.With([ours]).Find("gpt-4")!;

        Assert.Equal(("azure", "our-gpt4", 0.02m), (spec.Provider, spec.Model, spec.Price!.Input));
    }

    [Fact]
    public void With_HalfAPriceOfAnUnknownModel_KnowsNoPrice()
    {
        var catalog = ModelCatalog.BuiltIn.With([new ModelDefinition { Name = "m", Provider = "openai", Model = "m", CostPer1kInput = 1 }]);

        Assert.Null(catalog.Find("m")!.Price);
    }

    [Fact]
    public void WithFile_AddsModelsAndReplacesProfiles()
    {
        var catalog = ModelCatalog.BuiltIn.WithFile(
            """
            profiles:
              - {name: fast, primary: [house], weights: {latency: 0.5, cost: 0.25, quality: 0.25}}
            models:
              - {name: house, provider: ollama, model: "house:7b", cost_per_1k_input: 0, cost_per_1k_output: 0, supports: [tools, vision]}
            """,
            "host.yaml");

        Assert.Equal(["house"], catalog.Profile("fast").Candidates);
        Assert.Equal(ModelSupport.Tools | ModelSupport.Vision, catalog.Find("house")!.Supports);
        Assert.NotNull(catalog.Find("gpt-4"));
    }

    [Theory]
    [InlineData("models:\n  - {name: a, provider: openai, colour: red}", "host.yaml:2:")]
    [InlineData("models:\n  - {name: a, provider: openai, supports: [tool]}", "'tool'. Did you mean 'tools'?")]
    [InlineData("models:\n  - {name: a, provider: openai, cost_per_1k_input: 1}", "go together")]
    [InlineData("models:\n  - {name: a, provider: nobody}", "provider 'nobody', which nothing defines")]
    [InlineData(
        "profiles:\n  - {name: fast, primary: [gpt-44], weights: {latency: 1, cost: 0, quality: 0}}",
        "'gpt-44', which nothing defines")]
    [InlineData("profiles:\n  - {name: fast, weights: {latency: 1, cost: 1, quality: 0}}", "1 together")]
    [InlineData("models: 7", "host.yaml:1:")]
    public void WithFile_ThatIsWrong_SaysWhatAndWhere(string yaml, string expected)
    {
        var failure = Assert.Throws<WeftException>(() => ModelCatalog.BuiltIn.WithFile(yaml, "host.yaml"));

        Assert.Equal("invalid_catalog", failure.Code);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
