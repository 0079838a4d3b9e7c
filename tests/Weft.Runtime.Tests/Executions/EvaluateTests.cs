using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weft.Agents;
using Weft.Agents.Evaluation;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Language.Definitions;
using Weft.Runtime.Tests.Records;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Tests.Executions;

public sealed class EvaluateTests : IAsyncDisposable
{
    private static readonly ActivityContext Call = new("e1", StepNames.Evaluate, 7);

    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;
    private readonly ServiceProvider _services;

    public EvaluateTests() => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddSingleton<IRecordStore>(new MemoryRecordStore())
        .AddWeftAgents()
        .AddWeftRuntime()
        .BuildServiceProvider();

    [Fact]
    public async Task ATemplate_OverAStoredPayload_ReadsItsInside()
    {
        var large = await Contexts.OffloadAsync(new JsonObject { ["text"] = new string('x', 20_000), ["n"] = 42 }, _deadline);

        var result = await RunAsync("{{ big.n + 1 }}", new JsonObject { ["big"] = large });

        Assert.Equal(43, result.Value!.GetValue<long>());
    }

    [Fact]
    public async Task AListOfTemplates_OffloadsEachLargeValueByItself()
    {
        var result = await RunAsync(
            new JsonArray("{{ text }}", "{{ small }}"), new JsonObject { ["text"] = new string('x', 20_000), ["small"] = 1 });

        var items = result.Value!.AsArray();
        Assert.NotNull(PayloadReference.HashOf(items[0]));
        Assert.Equal(1, items[1]!.GetValue<long>());
    }

    [Fact]
    public async Task APrompt_WithAnUnknownPath_RendersItEmptyAndWarns()
    {
        var result = await RunAsync("Hello {{ nobody }}!", [], strict: false);

        Assert.Equal("Hello !", result.Value!.GetValue<string>());
        Assert.Contains("nobody", Assert.Single(result.Warnings));
    }

    [Fact]
    public async Task Data_WithAnUnknownPath_FailsForGood()
    {
        var failed = await Assert.ThrowsAsync<ActivityException>(() => RunAsync("{{ naem }}", new JsonObject { ["name"] = 1 }));

        Assert.False(failed.Fault.Retryable);
        Assert.Contains("name", failed.Message);
    }

    [Theory]
    [InlineData("jmespath", "a.output > `1`", true)]
    [InlineData("expr", "a['output'] > 2", false)]
    public async Task ACondition_IsTrueOrFalse(string type, string expression, bool holds)
    {
        var request = Request(null,
            new JsonObject { ["a"] = new JsonObject { ["output"] = 2 } }) with { Condition = new ConditionDefinition(type, expression) };

        var result = await Sut.RunAsync(Call, request, _deadline);

        Assert.Equal(holds, result.Value!.GetValue<bool>());
    }

    [Fact]
    public async Task AModelsText_IsReadAsJsonAndHeldAgainstTheSchema()
    {
        var schema = JsonNode.Parse("""{"type": "object", "required": ["intent"]}""")!.AsObject();
        var request = Request("{{ value }}", new JsonObject { ["value"] = "Sure!\n```json\n{\"x\": 1}\n```" }) with { ReadJson = true,
            Schema = schema };

        var result = await Sut.RunAsync(Call, request, _deadline);

        Assert.Equal(1, result.Value!["x"]!.GetValue<int>());
        Assert.Contains("intent", Assert.Single(result.Faults));
    }

    [Fact]
    public async Task AToolCallInATemplate_IsMadeAndItsAnswerUsed()
    {
        var result = await RunAsync("It is {{ tools.weft.now().weekday }}, {{ tools.weft.now().weekday }}.", []);

        Assert.Matches(@"It is \w+day, \w+day\.", result.Value!.GetValue<string>());
    }

    [Fact]
    public async Task AToolCallOfAnUnknownTool_FailsAndNamesIt()
    {
        var failed = await Assert.ThrowsAsync<ActivityException>(() => RunAsync("{{ tools.weft.nwo() }}", []));

        Assert.Equal("tool_failed", failed.Code);
        Assert.Contains("weft.nwo", failed.Message);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Evaluate Sut => _services.GetRequiredService<Evaluate>();

    private ContextStore Contexts => _services.GetRequiredService<ContextStore>();

    private Task<EvaluateResult> RunAsync(JsonNode template, JsonObject values, bool strict = true) =>
        Sut.RunAsync(Call, Request(template, values, strict), _deadline);

    private static EvaluateRequest Request(JsonNode? template, JsonObject values, bool strict = true) =>
        new(new StepScope("e1", "greet", "", "hello"), template, values, strict, Known.Noon);
}
