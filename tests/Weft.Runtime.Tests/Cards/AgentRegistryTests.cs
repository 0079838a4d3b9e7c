using Weft.Agents.Tests.Storage;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Runtime.Cards;
using Weft.Runtime.Records;
using Weft.Runtime.Tests.Records;
using Weft.Runtime.Tests.Registry;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Tests.Cards;

public sealed class AgentRegistryTests
{
    private readonly MemoryRecordStore _store = new();
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [Fact]
    public async Task Find_ACardThatAnotherProcessPut_FindsIt()
    {
        await Sample.Agents(_store).PutAsync(Card("triage"), _deadline);

        Assert.Equal(AgentOrigin.Api, (await Sample.Agents(_store).FindAsync("triage", _deadline))!.Origin);
    }

    [Fact]
    public async Task Delete_OfAPutCard_ShowsTheFilesAgain()
    {
        var agents = Sample.Agents(_store);
        agents.LoadFiles([new AgentFile("name: triage\ntype: simple\ndescription: from a file\ncost_tier: low\n", "triage.yaml")]);
        await agents.PutAsync(Card("triage"), _deadline);

        Assert.True(await agents.DeleteAsync("triage", _deadline));

        Assert.Equal("from a file", (await agents.FindAsync("triage", _deadline))!.Card.Description);
    }

    [Fact]
    public async Task LoadFiles_WithABrokenEdit_KeepsTheLastGoodCard()
    {
        var agents = Sample.Agents(_store);
        agents.LoadFiles([new AgentFile("name: triage\ntype: simple\ncost_tier: low\n", "triage.yaml")]);

        var diagnostics = agents.LoadFiles([new AgentFile("name: triage\ntype: simpel\n", "triage.yaml")]);

        Assert.Contains(diagnostics, d => d.Severity == DiagnosticSeverity.Error);
        Assert.NotNull(await agents.FindAsync("triage", _deadline));
    }

    [Fact]
    public async Task List_ByCapabilityAndTier_MeetsBoth()
    {
        var agents = Sample.Agents(_store);
        await agents.PutAsync(Card("cheap", "low", "vision"), _deadline);
        await agents.PutAsync(Card("dear", "high", "vision"), _deadline);
        await agents.PutAsync(Card("blind", "low", "memory"), _deadline);

        var found = await agents.ListAsync(new AgentQuery { Capability = "vision", CostTier = "low" }, _deadline);

        Assert.Equal("cheap", Assert.Single(found).Card.Name);
    }

    [Fact]
    public async Task Resolve_AnAgentWhoseRunsFailed_AnswersTheHealthyOneWithMostOfItsCapabilities()
    {
        var agents = Sample.Agents(_store);
        await agents.PutAsync(Card("main", "low", "vision", "memory", "planning", "reasoning"), _deadline);
        await agents.PutAsync(Card("half", "low", "vision", "memory"), _deadline);
        await agents.PutAsync(Card("most", "high", "vision", "memory", "planning"), _deadline);
        await agents.PutAsync(Card("less", "low", "vision"), _deadline);
        agents.Observe(Runs("main", failed: 6, completed: 4));

        var (card, warning) = await agents.ResolveAsync("main", _deadline);

        Assert.Equal("most", card.Name);
        Assert.Contains("'main' is unhealthy", warning);
    }

    [Fact]
    public async Task Resolve_AnUnhealthyAgentThatNobodyCanReplace_AnswersItWithAWarning()
    {
        var agents = Sample.Agents(_store);
        await agents.PutAsync(Card("main", "low", "vision"), _deadline);
        agents.Observe(Runs("main", failed: 9, completed: 1));

        var (card, warning) = await agents.ResolveAsync("main", _deadline);

        Assert.Equal("main", card.Name);
        Assert.NotNull(warning);
    }

    [Theory]
    [InlineData(5, 5, true)]
    [InlineData(6, 5, false)]
    [InlineData(2, 0, true)]
    [InlineData(3, 0, false)]
    public async Task Health_IsLostAboveOneHalfOfAtLeastThreeRuns(int failed, int completed, bool healthy)
    {
        var agents = Sample.Agents(_store);
        await agents.PutAsync(Card("main"), _deadline);

        agents.Observe(Runs("main", failed, completed));

        Assert.Equal(healthy, (await agents.FindAsync("main", _deadline))!.Healthy);
        Assert.Equal(healthy, (await agents.ListAsync(new AgentQuery { HealthyOnly = true }, _deadline)).Any(a => a.Card.Name == "main"));
    }

    [Fact]
    public async Task Check_CountsTheNodeRunsOfTheLastDay()
    {
        var agents = Sample.Agents(_store);
        await agents.PutAsync(Card("main"), _deadline);
        var records = new ExecutionRecords(_store, Known.Contexts(_store));
        for (var i = 0; i < 4; i++)
        {
            await records.EndAsync(Known.Document($"e{i}", startedAt: DateTime.UtcNow, nodes: Known.Node("n", NodeStatus.Failed, "main")),
                announce: false, _deadline);
            await records.EndAsync(
                Known.Document($"old{i}", startedAt: DateTime.UtcNow.AddDays(-2), nodes: Known.Node("n", NodeStatus.Completed, "main")),
                announce: false, _deadline);
        }

        using var monitor = new AgentHealthMonitor(
            agents, records, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<AgentHealthMonitor>.Instance);
        await monitor.CheckAsync(_deadline);

        var agent = (await agents.FindAsync("main", _deadline))!;
        Assert.Equal(4, agent.Health!.Runs);
        Assert.False(agent.Healthy);
    }

    [Theory]
    [InlineData("simple_response_generator", AgentType.Simple)]
    [InlineData("reasoning-helper", AgentType.Reasoning)]
    [InlineData("code", AgentType.Code)]
    public async Task Resolve_AnUnregisteredNameOfAKnownKind_WorksAsTheBuiltInOne(string name, AgentType type)
    {
        var (card, _) = await Sample.Agents(_store).ResolveAsync(name, _deadline);

        Assert.Equal(type, card.Type);
        Assert.Equal(name, card.Name);
    }

    [Fact]
    public async Task Resolve_AnUnknownName_OffersTheNearestOne()
    {
        var agents = Sample.Agents(_store);
        await agents.PutAsync(Card("triage"), _deadline);

        var failed = await Assert.ThrowsAsync<WeftException>(() => agents.ResolveAsync("traige", _deadline));

        Assert.Equal("unknown_agent", failed.Code);
        Assert.Contains("Did you mean 'triage'?", failed.Message);
    }

    private static AgentCard Card(string name, string tier = "low", params string[] capabilities) =>
        new() { Name = name, Type = AgentType.Simple, CostTier = tier, Capabilities = capabilities };

    private static IReadOnlyDictionary<string, AgentHealth> Runs(string agent, int failed, int completed) => AgentHealth.Count(
        Enumerable.Range(0, failed + completed).Select(i => new NodeRun
        {
            ExecutionId = "e",
            WorkflowId = "w",
            NodeId = "n",
            Kind = "agent",
            Agent = agent,
            Status = i < failed ? NodeStatus.Failed : NodeStatus.Completed,
            EndedAt = Known.Noon,
        }),
        Known.Noon);
}
