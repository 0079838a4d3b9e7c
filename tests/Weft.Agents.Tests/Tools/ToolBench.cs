using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weft.Agents.Evaluation;
using Weft.Agents.Memory;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Agents.Tools;
using Weft.Agents.Tools.Records;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Tests.Tools;

/// <summary>The tools as a host composes them, on a record store in memory.</summary>
internal sealed class ToolBench : IAsyncDisposable
{
    public const string Key = "ck_secret_0123456789";

    private readonly ServiceProvider _services;

    public ToolBench(string? composioUrl, IRecordStore? store = null, WorkflowDefinition? definition = null,
        params (string Key, string Value)[] settings)
        : this(composioUrl, _ => { }, store, definition, settings)
    {
    }

    public ToolBench(
        string? composioUrl, Action<IServiceCollection> also, IRecordStore? store = null, WorkflowDefinition? definition = null,
        params (string Key, string Value)[] settings)
    {
        Store = store ?? new MemoryRecordStore();
        var values = new Dictionary<string, string?>
        {
            ["COMPOSIO_BASE_URL"] = composioUrl,
            ["COMPOSIO_API_KEY"] = composioUrl is null ? null : Key,
            ["Weft:Tools:RetryDelay"] = "00:00:00.020",
            ["Weft:Tools:DrainTime"] = "00:00:00.300",
            ["Weft:Composio:ReadRetryDelay"] = "00:00:00.010",
        };
        foreach (var (key, value) in settings)
        {
            values[key] = value;
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddLogging(l => l.AddProvider(Logs).SetMinimumLevel(LogLevel.Trace));
        services.AddSingleton(Store);
        services.AddSingleton<IDefinitionSource>(new OneDefinition(definition));
        services.AddSingleton(TimeProvider.System);
        services.AddCommon().AddMemory().AddTools().AddEvaluation();
        also(services);
        _services = services.BuildServiceProvider();
    }

    public IRecordStore Store { get; }

    public LogLines Logs { get; } = new();

    public CancellationToken Deadline { get; } = new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public ToolCallRecords Records => Get<ToolCallRecords>();

    public static StepScope Scope { get; } = new("exec-1", "support", "hash-1", "handle_return");

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public IEnumerable<T> GetAll<T>() => _services.GetServices<T>();

    public static CallToolRequest Call(
        string tool, string arguments = """{"order_id":"1001"}""", string callId = "n/1", string? entity = "cust-1",
        UnknownOutcomePolicy policy = UnknownOutcomePolicy.Fail, TimeSpan? timeout = null) => new()
        {
            Scope = Scope,
            CallId = callId,
            Tool = tool,
            Arguments = (JsonObject)JsonNode.Parse(arguments)!,
            EntityId = entity,
            OnUnknownOutcome = policy,
            Timeout = timeout,
        };

    public Task<ToolOutcome> RunAsync(CallToolRequest request, CancellationToken? cancellationToken = null) =>
        Get<CallTool>().RunAsync(
            new ActivityContext(request.Scope.ExecutionId, StepNames.CallTool, 1), request, cancellationToken ?? Deadline);

    public async Task<ToolOutcome.Succeeded> SucceedAsync(CallToolRequest request) =>
        Assert.IsType<ToolOutcome.Succeeded>(await RunAsync(request));

    public async Task<ToolFailure> FailAsync(CallToolRequest request) => Assert.IsType<ToolOutcome.Failed>(await RunAsync(request)).Failure;

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class OneDefinition(WorkflowDefinition? definition) : IDefinitionSource
    {
        public Task<WorkflowDefinition?> GetAsync(string contentHash, CancellationToken cancellationToken) => Task.FromResult(definition);
    }
}

/// <summary>Everything that was logged.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose()
    {
    }

    private sealed class Writer(LogLines owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (owner._lines)
            {
                owner._lines.Add($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception}");
            }
        }
    }
}
