using Weft.Agents.Tests.Storage;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Runtime.Registry;

namespace Weft.Runtime.Tests.Registry;

public sealed class WorkflowRegistryTests
{
    private static readonly PutWorkflowOptions FromApi = new();

    private readonly MemoryRecordStore _store = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task Put_ANewWorkflow_IsRevisionOne()
    {
        var put = await CreateSut().PutAsync(Sample.Graph(), FromApi, _deadline);

        Assert.True(put.Created);
        Assert.Equal(1, put.Version!.Revision);
        Assert.Equal("1.2.3", put.Version.Version);
    }

    [Theory]
    [InlineData("reasoning_support_agent", "gpt-4", null)]
    [InlineData("simple_greeter", "openai/gpt-99", "WEFT1601")]
    [InlineData("nobody", "gpt-4", "WEFT1601")]
    [InlineData("simple", "gtp-4", "WEFT1603")]
    public async Task Put_ANameThatIsNotRegistered_IsAWarning(string agent, string model, string? code)
    {
        var registry = Sample.Knowing(_store, Sample.Agents(_store));

        var put = await registry.PutAsync(
            $"name: demo\ntasks: [{{ id: a, agent: {agent}, prompt: Hi., config: {{ model: {model} }} }}]\n", FromApi, _deadline);

        Assert.NotNull(put.Version);
        Assert.Equal(code is null ? [] : [(code, DiagnosticSeverity.Warning)], put.Diagnostics.Select(d => (d.Code, d.Severity)));
    }

    [Fact]
    public async Task Put_TheSameContentAgain_KeepsTheRevision()
    {
        var registry = CreateSut();
        await registry.PutAsync(Sample.Graph(), FromApi, _deadline);

        var again = await registry.PutAsync("# a comment\n" + Sample.Graph(), FromApi, _deadline);

        Assert.False(again.Changed);
        Assert.Equal(1, again.Version!.Revision);
        Assert.Single(await registry.VersionsAsync("greet", _deadline));
    }

    [Fact]
    public async Task Put_ChangedContent_IsTheNextRevisionAndKeepsTheOldDefinition()
    {
        var registry = CreateSut();
        var first = await registry.PutAsync(Sample.Graph(), FromApi, _deadline);

        var second = await registry.PutAsync(Sample.Graph(prompt: "Greet {{ name }}"), FromApi, _deadline);

        Assert.Equal(2, second.Version!.Revision);
        Assert.Equal([2, 1], (await registry.VersionsAsync("greet", _deadline)).Select(v => v.Revision));
        var pinned = await CreateSut().GetAsync(first.Version!.ContentHash, _deadline);
        Assert.Equal("Say hello to {{ name }}", ((AgentStep)((GraphBody)pinned!.Body).Nodes[0].Step).Prompt);
    }

    [Fact]
    public async Task Put_ABrokenText_KeepsTheLastGoodVersionAndTellsEveryFault()
    {
        var registry = CreateSut();
        await registry.PutAsync(Sample.Graph(), FromApi, _deadline);

        var put = await registry.PutAsync(Sample.Graph().Replace("to: shout", "to: shot"), FromApi with { File = "greet.yaml" }, _deadline);

        Assert.Null(put.Version);
        Assert.Contains(put.Diagnostics, d => d is { Severity: DiagnosticSeverity.Error, File: "greet.yaml" });
        Assert.Equal(1, (await registry.FindAsync("greet", _deadline))!.Version.Revision);
    }

    [Fact]
    public async Task Put_UnderAnotherId_IsRefusedWithBothNames()
    {
        var put = await CreateSut().PutAsync(Sample.Graph("greet"), FromApi with { ExpectedId = "welcome" }, _deadline);

        Assert.Null(put.Version);
        Assert.Contains("'welcome'", put.Diagnostics[^1].Message);
        Assert.Contains("'greet'", put.Diagnostics[^1].Message);
    }

    [Fact]
    public async Task Put_FromManyWritersAtOnce_GivesEachContentARevisionOfItsOwn()
    {
        var registry = CreateSut();

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(i => Task.Run(() => CreateSut().PutAsync(Sample.Graph(prompt: $"p{i}"), FromApi, _deadline))));

        var versions = await registry.VersionsAsync("greet", _deadline);
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], versions.Select(v => v.Revision));
        Assert.Equal(8, versions.Select(v => v.ContentHash).Distinct().Count());
        Assert.Equal(8, (await registry.FindAsync("greet", _deadline))!.Version.Revision);
    }

    [Fact]
    public async Task Put_AfterADelete_GoesOnFromTheRevisionsThereWere()
    {
        var registry = CreateSut();
        await registry.PutAsync(Sample.Graph(), FromApi, _deadline);
        Assert.True(await registry.DeleteAsync("greet", _deadline));
        Assert.Null(await registry.FindAsync("greet", _deadline));

        var put = await registry.PutAsync(Sample.Graph(prompt: "new"), FromApi, _deadline);

        Assert.True(put.Created);
        Assert.Equal(2, put.Version!.Revision);
    }

    [Fact]
    public async Task Put_TheDeletedContentAgain_BringsItBack()
    {
        var registry = CreateSut();
        await registry.PutAsync(Sample.Graph(), FromApi, _deadline);
        await registry.DeleteAsync("greet", _deadline);

        await registry.PutAsync(Sample.Graph(), FromApi, _deadline);

        Assert.Equal(1, (await registry.FindAsync("greet", _deadline))!.Version.Revision);
    }

    [Fact]
    public async Task Delete_OfNothing_IsFalse() => Assert.False(await CreateSut().DeleteAsync("nothing", _deadline));

    [Fact]
    public async Task Put_ADefinitionOfHundredsOfKilobytes_IsStoredWhole()
    {
        var random = new Random(3);
        var prompt = new string([.. Enumerable.Range(0, 300_000).Select(_ => (char)random.Next('a', 'z'))]);

        var put = await CreateSut().PutAsync(Sample.Graph(prompt: prompt), FromApi, _deadline);

        var read = await CreateSut().GetAsync(put.Version!.ContentHash, _deadline);
        Assert.Equal(prompt, ((AgentStep)((GraphBody)read!.Body).Nodes[0].Step).Prompt);
        Assert.Contains(prompt, await CreateSut().TextAsync(put.Version.ContentHash, _deadline));
    }

    [Fact]
    public async Task Unknown_WithANearMiss_OffersIt()
    {
        var registry = CreateSut();
        await registry.PutAsync(Sample.Graph(), FromApi, _deadline);

        var error = await registry.UnknownAsync("gret", _deadline);

        Assert.Equal("workflow_not_found", error.Code);
        Assert.Contains("Did you mean 'greet'?", error.Message);
    }

    // Each has a cache of its own, as another process has.
    private WorkflowRegistry CreateSut() => Sample.Registry(_store);
}
