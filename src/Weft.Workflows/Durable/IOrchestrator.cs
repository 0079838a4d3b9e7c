namespace Weft.Workflows.Durable;

/// <summary>The code of one orchestration. Deterministic: see <see cref="IOrchestrationContext"/>.</summary>
public interface IOrchestrator<in TInput, TOutput>
{
    /// <summary>Runs one generation of the instance.</summary>
    Task<TOutput> RunAsync(IOrchestrationContext context, TInput input);
}
