namespace Weft.Workflows.Orchestration;

/// <summary>One kind of step with effects. Runs at least once for each call; orchestrators never do I/O themselves.</summary>
public interface IActivity<in TInput, TOutput>
{
    /// <summary>Does the step.</summary>
    /// <param name="context">Which call this is.</param>
    /// <param name="input">The input, as it came out of the history.</param>
    /// <param name="cancellationToken">Cancelled when the orchestrator gave up on the call, the instance was terminated, or the host drains.</param>
    Task<TOutput> RunAsync(ActivityContext context, TInput input, CancellationToken cancellationToken);
}

/// <summary>Identifies one call of an activity.</summary>
/// <param name="InstanceId">The orchestration that made the call.</param>
/// <param name="Name">The activity's name.</param>
/// <param name="CallId">The call's number within the instance: the same each time the same call is delivered. -1 where the host does not tell.</param>
public sealed record ActivityContext(string InstanceId, string Name, int CallId);

/// <summary>The code of one orchestration. Deterministic: see <see cref="IOrchestrationContext"/>.</summary>
public interface IOrchestrator<in TInput, TOutput>
{
    /// <summary>Runs one generation of the instance.</summary>
    Task<TOutput> RunAsync(IOrchestrationContext context, TInput input);
}
