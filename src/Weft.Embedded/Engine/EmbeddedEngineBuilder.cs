using Microsoft.Extensions.Logging;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>Puts an engine together without a service container.</summary>
public sealed class EmbeddedEngineBuilder
{
    private readonly List<ActivityRegistration> _activities = [];
    private readonly List<OrchestratorRegistration> _orchestrators = [];

    /// <summary>Gets how it will run.</summary>
    public EmbeddedEngineOptions Options { get; } = new();

    /// <summary>Gets or sets the time; null: the system's.</summary>
    public TimeProvider? Clock { get; set; }

    /// <summary>Gets or sets what activities and orchestrators are made with.</summary>
    public IServiceProvider? Services { get; set; }

    /// <summary>Gets or sets where it logs.</summary>
    public ILogger<EmbeddedEngine>? Logger { get; set; }

    /// <summary>Adds an activity. The factory is asked once a call.</summary>
    public EmbeddedEngineBuilder AddActivity<TInput, TOutput>(string name, Func<IActivity<TInput, TOutput>> factory) =>
        Add(ActivityRegistration.Of(name, _ => factory()));

    /// <summary>Adds an orchestrator. The factory is asked for each run and each replay.</summary>
    public EmbeddedEngineBuilder AddOrchestrator<TInput, TOutput>(string name, Func<IOrchestrator<TInput, TOutput>> factory) =>
        Add(OrchestratorRegistration.Of(name, _ => factory()));

    public EmbeddedEngineBuilder Add(ActivityRegistration activity)
    {
        _activities.Add(activity);
        return this;
    }

    public EmbeddedEngineBuilder Add(OrchestratorRegistration orchestrator)
    {
        _orchestrators.Add(orchestrator);
        return this;
    }

    /// <summary>Takes the data folder. The engine is yet to be started.</summary>
    public EmbeddedEngine Build() => new(Options, _activities, _orchestrators, Services, Clock, Logger);
}
