using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Weft.Functions.Engine;
using Weft.Runtime.Cards;
using Weft.Runtime.Executions;
using Weft.Runtime.Operations;
using Weft.Runtime.Triggers;

namespace Weft.Functions.Timers;

/// <summary>What the embedded server's background services do, on timers. Each pass is safe to repeat and to run twice at once.</summary>
public sealed class TimerFunctions(
    Scheduler scheduler, ExecutionSweep sweep, AgentHealthMonitor health, OperationsRound operations, DurableClientAccessor accessor)
{
    /// <summary>Starts what is due. The finest cron on Azure is therefore one minute.</summary>
    [Function("RunSchedules")]
    public Task RunSchedules(
        [TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        accessor.Use(client);
        return scheduler.RunDueAsync(cancellationToken);
    }

    /// <summary>Writes the documents of executions that the engine ended.</summary>
    [Function("SweepExecutions")]
    public Task SweepExecutions(
        [TimerTrigger("30 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        accessor.Use(client);
        return sweep.SweepAsync(cancellationToken);
    }

    /// <summary>Tells who was not told of an end, finds stuck executions, and purges what retention lets go.</summary>
    [Function("RunOperations")]
    public Task RunOperations(
        [TimerTrigger("45 */2 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        accessor.Use(client);
        return operations.RunAsync(cancellationToken);
    }

    /// <summary>Looks at the agents' recent runs, and marks those that fail.</summary>
    [Function("CheckAgents")]
    public Task CheckAgents([TimerTrigger("15 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        health.CheckAsync(cancellationToken);
}
