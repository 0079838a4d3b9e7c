using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weft.Agents.Models;
using Weft.Agents.Models.Calls;
using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Records;
using Weft.Agents.Models.Routing;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Agents.Tests.Tools;
using Weft.Agents.Tools;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Sandbox;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Tests.Models;

/// <summary>The models as a host composes them, on a sandbox of providers and a record store in memory.</summary>
internal sealed class ModelBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ModelBench(SandboxServer? sandbox, BenchSettings settings)
    {
        Sandbox = sandbox;
        Time = settings.Time;
        Store = settings.Store ?? new MemoryRecordStore();
        var values = new Dictionary<string, string?>();
        foreach (var (key, value) in sandbox?.EnvironmentVariables ?? new Dictionary<string, string>())
        {
            values[key] = value;
        }

        foreach (var (key, value) in settings.Values)
        {
            values[key] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddLogging(l => l.AddProvider(Logs).SetMinimumLevel(LogLevel.Trace));
        services.AddSingleton(Store);
        services.AddSingleton<IDefinitionSource>(new OneDefinition(settings.Definition));
        services.AddSingleton<IToolCatalog>(new FewTools());
        if (Time is not null)
        {
            services.AddSingleton<TimeProvider>(Time);
        }

        services.AddCommon().AddModels();
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
    }

    public SandboxServer? Sandbox { get; }

    public ManualTime? Time { get; }

    public IRecordStore Store { get; }

    public LogLines Logs { get; } = new();

    public CancellationToken Deadline { get; } = new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    public static StepScope Scope { get; } = new("exec-1", "support", "hash-1", "classify") { ConversationId = "conv-1" };

    public static async Task<ModelBench> OnSandboxAsync(BenchSettings? settings = null, SandboxOptions? sandbox = null)
    {
        using var start = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var server = await SandboxServer.StartAsync(sandbox ?? new SandboxOptions(), start.Token);
        return new ModelBench(server, settings ?? new BenchSettings());
    }

    public static ModelBench Without(BenchSettings settings) => new(null, settings);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<ModelOutcome> CallAsync(CallModelRequest request, CancellationToken? cancellationToken = null) =>
        Get<CallModelActivity>().RunAsync(
            new ActivityContext(request.Scope.ExecutionId, StepNames.CallModel, 1), Wire(request), cancellationToken ?? Deadline);

    /// <summary>A call that ranks the models first, as the host makes it.</summary>
    public Task<ModelOutcome> CallRoutedAsync(CallModelRequest request) =>
        new RoutedModelCall(Get<RouteModelActivity>(), Get<CallModelActivity>(), Get<ModelCallRecords>()).RunAsync(
            new ActivityContext(request.Scope.ExecutionId, StepNames.CallModel, 1), Wire(request), Deadline);

    public async Task<ModelOutcome.Replied> ReplyAsync(CallModelRequest request)
    {
        var outcome = await CallAsync(request);
        return outcome as ModelOutcome.Replied
            ?? throw new Xunit.Sdk.XunitException($"It failed: {((ModelOutcome.Failed)outcome).Failure}");
    }

    public async Task<ModelFailure> FailureAsync(CallModelRequest request) =>
        Assert.IsType<ModelOutcome.Failed>(await CallAsync(request)).Failure;

    public Task<RoutingDecision> RouteAsync(RouteModelRequest request) =>
        Get<RouteModelActivity>().RunAsync(new ActivityContext(request.Scope.ExecutionId, StepNames.RouteModel, 1), request, Deadline);

    /// <summary>The recorded calls of today, oldest first, failed tries included.</summary>
    public async Task<IReadOnlyList<ModelCallRecord>> CallsAsync()
    {
        var now = (Time ?? TimeProvider.System).GetUtcNow().UtcDateTime;
        return await Get<ModelCallRecords>().BetweenAsync(now.AddDays(-1), now.AddDays(1), Deadline).OrderBy(c => c.CreatedAt).ToListAsync(
            Deadline);
    }

    /// <summary>A call of a catalog model, as the orchestrator makes it.</summary>
    public static CallModelRequest Call(
        string model, string prompt = "Hello there", string callId = "classify.1/0/m1.1", StepScope? scope = null)
    {
        var spec = ModelCatalog.BuiltIn.Find(model)!;
        return new CallModelRequest
        {
            Scope = scope ?? Scope,
            CallId = callId,
            Model = new RankedModel(spec.Name, spec.Provider, spec.Model, 0.9, 0.001, 800),
            Messages = [ChatTurn.System("You are a support agent."), ChatTurn.User(prompt)],
            EstimatedTokens = 200,
            Profile = "fast",
        };
    }

    /// <summary>Waits until something holds, or fails when the test's time is up.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            Deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (Sandbox is not null)
        {
            await Sandbox.DisposeAsync();
        }
    }

    // As it comes out of a history.
    private static CallModelRequest Wire(CallModelRequest request) =>
        JsonSerializer.Deserialize<CallModelRequest>(JsonSerializer.Serialize(request, WeftJson.Options), WeftJson.Options)!;

    private sealed class OneDefinition(WorkflowDefinition? definition) : IDefinitionSource
    {
        public Task<WorkflowDefinition?> GetAsync(string contentHash, CancellationToken cancellationToken) => Task.FromResult(definition);
    }

    private sealed class FewTools : IToolCatalog
    {
        private const string Schema = """{"type":"object","properties":{"order_id":{"type":"string"}},"required":["order_id"]}""";

        public Task<IReadOnlyList<ToolSpec>> DescribeAsync(
            StepScope scope, IReadOnlyList<string> tools, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<ToolSpec>>([.. tools.Select(Describe)]);

        private static ToolSpec Describe(string tool) =>
            new(tool, ToolReference.ModelNameOf(tool), $"Does {tool}.", JsonNode.Parse(Schema)!.AsObject());
    }
}
