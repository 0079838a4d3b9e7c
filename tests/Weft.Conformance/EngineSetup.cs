using Weft.Workflows.Durable;

namespace Weft.Conformance;

/// <summary>The code that an engine under test runs, written in place.</summary>
public sealed class EngineSetup
{
    public List<ActivityRegistration> Activities { get; } = [];

    public List<OrchestratorRegistration> Orchestrators { get; } = [];

    /// <summary>Gets or sets how many activities run at once; null: the engine's default.</summary>
    public int? MaxConcurrentActivities { get; set; }

    /// <summary>Gets or sets how long a stop waits for running activities.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    public EngineSetup Activity<TInput, TOutput>(string name, Func<ActivityContext, TInput, CancellationToken, Task<TOutput>> run)
    {
        Activities.Add(ActivityRegistration.Of(name, _ => new InlineActivity<TInput, TOutput>(run)));
        return this;
    }

    public EngineSetup Activity<TInput, TOutput>(string name, Func<TInput, TOutput> run) =>
        Activity<TInput, TOutput>(name, (_, input, _) => Task.FromResult(run(input)));

    public EngineSetup Orchestrator<TInput, TOutput>(string name, Func<IOrchestrationContext, TInput, Task<TOutput>> run)
    {
        Orchestrators.Add(OrchestratorRegistration.Of(name, _ => new InlineOrchestrator<TInput, TOutput>(run)));
        return this;
    }

    private sealed class InlineActivity<TInput, TOutput>(Func<ActivityContext, TInput, CancellationToken, Task<TOutput>> run)
        : IActivity<TInput, TOutput>
    {
        public Task<TOutput> RunAsync(ActivityContext context, TInput input, CancellationToken cancellationToken) =>
            run(context, input, cancellationToken);
    }

    private sealed class InlineOrchestrator<TInput, TOutput>(Func<IOrchestrationContext, TInput, Task<TOutput>> run)
        : IOrchestrator<TInput, TOutput>
    {
        public Task<TOutput> RunAsync(IOrchestrationContext context, TInput input) => run(context, input);
    }
}

/// <summary>An engine that runs, on storage of its own.</summary>
public interface IEngineUnderTest : IAsyncDisposable
{
    IOrchestrationClient Client { get; }

    /// <summary>Stops the engine as a host does.</summary>
    Task StopAsync();

    /// <summary>Starts an engine on the same storage, after a stop.</summary>
    Task StartAgainAsync(EngineSetup setup);

    /// <summary>Lets the process that runs activities die in the middle of what it does, and another one take its place.</summary>
    Task LoseProcessAsync(EngineSetup setup);
}
