using Weft.Runtime.Executions;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Triggers;

/// <summary>Starts and looks up executions for the scheduler.</summary>
internal sealed class ScheduledStarts(ExecutionStarter starter, ExecutionService executions) : IScheduledStarts
{
    public Task<StartedExecution> StartAsync(StartExecution start, CancellationToken cancellationToken) =>
        starter.StartAsync(start, cancellationToken);

    public async Task<bool> HasEndedAsync(string executionId, CancellationToken cancellationToken) =>
        await executions.FindAsync(executionId, cancellationToken)
            is not { Status: ExecutionStatus.Pending or ExecutionStatus.Running or ExecutionStatus.Paused };
}
