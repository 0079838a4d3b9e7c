namespace Weft.Workflows.Durable;

/// <summary>One kind of step with effects. Runs at least once for each call; orchestrators never do I/O themselves.</summary>
public interface IActivity<in TInput, TOutput>
{
    /// <summary>Does the step.</summary>
    /// <param name="context">Which call this is.</param>
    /// <param name="input">The input, as it came out of the history.</param>
    /// <param name="cancellationToken">Cancelled when the orchestrator gave up on the call, the instance was terminated, or the host
    /// drains.</param>
    Task<TOutput> RunAsync(ActivityContext context, TInput input, CancellationToken cancellationToken);
}
