using Weft.Runtime.Executions;

namespace Weft.Runtime.Triggers;

/// <summary>What a scheduler needs of the product: starts that are made once for each key, and whether an execution still runs.</summary>
public interface IScheduledStarts
{
    /// <summary>Starts an execution; a repeat with the same idempotency key answers the first.</summary>
    Task<StartedExecution> StartAsync(StartExecution start, CancellationToken cancellationToken);

    /// <summary>Whether the execution has ended, or is not known any more.</summary>
    Task<bool> HasEndedAsync(string executionId, CancellationToken cancellationToken);
}
