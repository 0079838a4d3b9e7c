using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Weft.Language;

namespace Weft.Workflows.Durable;

/// <summary>Names an orchestrator and says how it is made: what a module adds to the services, and every host enumerates.</summary>
/// <remarks>Names are unique within a host, and are part of every stored instance.</remarks>
public abstract class OrchestratorRegistration
{
    private protected OrchestratorRegistration(string name) => Name = name;

    /// <summary>Gets the name by which it is scheduled.</summary>
    public string Name { get; }

    /// <summary>Gets the type of its input.</summary>
    public abstract Type InputType { get; }

    /// <summary>Gets the type of its result.</summary>
    public abstract Type OutputType { get; }

    /// <summary>
    /// Registers an orchestrator. The factory is asked anew for each run and each replay: orchestrators may keep state in fields.
    /// </summary>
    public static OrchestratorRegistration<TInput, TOutput> Of<TInput, TOutput>(
        string name, Func<IServiceProvider, IOrchestrator<TInput, TOutput>> factory) => new(name, factory);

    /// <summary>Makes the orchestrator and runs it once on a context.</summary>
    public abstract Task RunAsync(IServiceProvider services, IOrchestrationContext context);

    /// <summary>
    /// The result of a task that <see cref="RunAsync"/> gave and that has completed, as JSON (<see cref="WeftJson.Options"/>, UTF-8).
    /// </summary>
    public abstract byte[] ResultOf(Task completed);
}

/// <inheritdoc cref="OrchestratorRegistration"/>
public sealed class OrchestratorRegistration<TInput, TOutput> : OrchestratorRegistration
{
    private static readonly JsonTypeInfo<TOutput> OutputInfo = (JsonTypeInfo<TOutput>)WeftJson.Options.GetTypeInfo(typeof(TOutput));

    internal OrchestratorRegistration(string name, Func<IServiceProvider, IOrchestrator<TInput, TOutput>> factory)
        : base(name) => Factory = factory;

    /// <summary>Gets what makes the orchestrator.</summary>
    public Func<IServiceProvider, IOrchestrator<TInput, TOutput>> Factory { get; }

    /// <inheritdoc/>
    public override Type InputType => typeof(TInput);

    /// <inheritdoc/>
    public override Type OutputType => typeof(TOutput);

    /// <inheritdoc/>
    public override Task RunAsync(IServiceProvider services, IOrchestrationContext context) =>
        Factory(services).RunAsync(context, context.GetInput<TInput>()!);

    /// <inheritdoc/>
    public override byte[] ResultOf(Task completed) =>
        JsonSerializer.SerializeToUtf8Bytes(((Task<TOutput>)completed).GetAwaiter().GetResult(), OutputInfo);
}
