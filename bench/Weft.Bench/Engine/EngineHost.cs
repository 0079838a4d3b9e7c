using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Weft.Embedded.Engine;
using Weft.Embedded.Replay;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Bench.Engine;

/// <summary>The embedded engine alone, with orchestrators and activities that do as little as they can.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    public const string Chain = "chain";
    public const string Fan = "fan";
    public const string CheckedFan = "checked-fan";
    public const string Calls = "calls";

    private static int _reached;

    private readonly EmbeddedEngine _engine;
    private readonly string? _ownFolder;

    private EngineHost(EmbeddedEngine engine, string? ownFolder)
    {
        _engine = engine;
        _ownFolder = ownFolder;
    }

    /// <summary>Gets how many activities have run in this process.</summary>
    public static int ActivitiesRun => Volatile.Read(ref _reached);

    public static async Task<EngineHost> StartAsync(CancellationToken cancellationToken, Uri? server = null, string? folder = null)
    {
        var own = folder is null ? Directory.CreateTempSubdirectory("weft-bench-").FullName : null;
        var http = new HttpClient { BaseAddress = server };
        EmbeddedEngine engine = null!;
        engine = new EmbeddedEngine(
            new EmbeddedEngineOptions { DataFolder = own ?? folder! },
            [
                ActivityRegistration.Of<int, int>("no-op", _ => new NoOp()),
                ActivityRegistration.Of<int, string>("call", _ => new HttpCall(http)),
            ],
            [
                OrchestratorRegistration.Of<int, int>(Chain, _ => new ChainOrchestrator()),
                OrchestratorRegistration.Of<int, int>(Fan, _ => new FanOrchestrator()),
                OrchestratorRegistration.Of<int, int>(CheckedFan, _ => new FanOrchestrator(id => Count(engine, id))),
                OrchestratorRegistration.Of<int, int>(Calls, _ => new CallsOrchestrator()),
            ],
            new ServiceCollection().BuildServiceProvider(),
            TimeProvider.System,
            NullLogger<EmbeddedEngine>.Instance);
        await engine.StartAsync(cancellationToken);
        return new EngineHost(engine, own);
    }

    public async Task RunAsync(string name, int size, CancellationToken cancellationToken, string? id = null)
    {
        var instanceId = id ?? Guid.NewGuid().ToString("N");
        await _engine.Client.ScheduleAsync(name, size, new ScheduleOptions { InstanceId = instanceId }, cancellationToken);
        await WaitAsync(instanceId, cancellationToken);
    }

    /// <summary>How many results of activities the file holds for an instance.</summary>
    public int CommittedResults(string instanceId) => Count(_engine, instanceId);

    public async Task WaitAsync(string instanceId, CancellationToken cancellationToken)
    {
        var ended = await _engine.Client.WaitForCompletionAsync(instanceId, cancellationToken);
        if (ended.Status != OrchestrationStatus.Completed)
        {
            throw new InvalidOperationException($"The instance ended as {ended.Status}: {ended.Failure?.Message}");
        }
    }

    /// <summary>Waits until so many activities have run in this process.</summary>
    public async Task ReachedAsync(int count)
    {
        while (Volatile.Read(ref _reached) < count)
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        if (_ownFolder is not null)
        {
            Directory.Delete(_ownFolder, recursive: true);
        }
    }

    private static int Count(EmbeddedEngine engine, string instanceId) =>
        engine.ReadHistory(instanceId).Count(e => e.Kind == HistoryEventKind.ActivityCompleted);

    private sealed class NoOp : IActivity<int, int>
    {
        public Task<int> RunAsync(ActivityContext context, int input, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reached);
            return Task.FromResult(input);
        }
    }

    private sealed class HttpCall(HttpClient http) : IActivity<int, string>
    {
        public async Task<string> RunAsync(ActivityContext context, int input, CancellationToken cancellationToken)
        {
            using var content = new StringContent("{}");
            using var answer = await http.PostAsync((Uri?)null, content, cancellationToken);
            return await answer.Content.ReadAsStringAsync(cancellationToken);
        }
    }

    private sealed class ChainOrchestrator : IOrchestrator<int, int>
    {
        public async Task<int> RunAsync(IOrchestrationContext context, int input)
        {
            for (var i = 0; i < input; i++)
            {
                await context.CallActivityAsync<int>("no-op", i);
            }

            return input;
        }
    }

    // A checked one looks into the file at the moment at which it has the results: they lie there already, or the engine cheats.
    private sealed class FanOrchestrator(Func<string, int>? committed = null) : IOrchestrator<int, int>
    {
        public async Task<int> RunAsync(IOrchestrationContext context, int input)
        {
            await context.CallActivityAsync<int>("no-op", 0);
            await Task.WhenAll(Enumerable.Range(0, input).Select(i => context.CallActivityAsync<int>("no-op", i)));
            if (committed is not null && committed(context.InstanceId) is var found && found < input + 1)
            {
                throw new WeftException(
                    "results_not_committed", Fault.Internal, $"The orchestrator has {input + 1} results, and {found} are committed.");
            }

            return await context.CallActivityAsync<int>("no-op", input);
        }
    }

    private sealed class CallsOrchestrator : IOrchestrator<int, int>
    {
        public async Task<int> RunAsync(IOrchestrationContext context, int input)
        {
            for (var i = 0; i < input; i++)
            {
                await context.CallActivityAsync<string>("call", i);
            }

            return input;
        }
    }
}
