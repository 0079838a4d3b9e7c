using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weft.Agents.Memory;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Tests.Memory;

/// <summary>Memory as a host composes it, on a record store in memory.</summary>
internal sealed class MemoryBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private int _calls;

    public MemoryBench(IRecordStore? store = null, params MemoryDefinition[] memories)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(store ?? new MemoryRecordStore());
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IDefinitionSource>(new Definitions(memories));
        services.AddLogging();
        services.AddCommon().AddMemory();
        _services = services.BuildServiceProvider();
    }

    public MovableClock Clock { get; } = new();

    public CancellationToken Deadline { get; } = new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public KnowledgeBase Knowledge => _services.GetRequiredService<KnowledgeBase>();

    public async Task<JsonNode> RunAsync(string operation, string? payload = null, string? settings = null, string key = "user:1",
        string memory = "chat", string? callId = null)
    {
        var request = new MemoryRequest
        {
            Scope = new StepScope("exec-1", "w", "h", "n"),
            CallId = callId ?? $"c{Interlocked.Increment(ref _calls)}",
            Operation = operation,
            Memory = memory,
            Key = key,
            Payload = payload is null ? null : JsonNode.Parse(payload),
            Settings = settings is null ? null : (JsonObject?)JsonNode.Parse(settings),
        };
        var result = await _services.GetRequiredService<MemoryActivity>().RunAsync(
            new ActivityContext("exec-1", "WriteMemory", 1), request, Deadline);
        return result.Output!;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class Definitions(MemoryDefinition[] memories) : IDefinitionSource
    {
        public Task<WorkflowDefinition?> GetAsync(string contentHash, CancellationToken cancellationToken) =>
            Task.FromResult<WorkflowDefinition?>(
            new WorkflowDefinition { Id = "w", Dialect = Dialect.Tasks, Body = new SequenceBody([]), Memories = memories });
    }
}

/// <summary>A clock that a test moves; timers are the system's.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan time) => Interlocked.Add(ref _ahead, time.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
}
