using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weft.Agents.Storage;
using Weft.Runtime.Executions;
using Weft.Runtime.Operations;
using Weft.Runtime.Queues;
using Weft.Runtime.Schedules;
using Weft.Workflows.Durable;

namespace Weft.Runtime;

/// <summary>Registers what lives longer than a step.</summary>
public static class RuntimeServiceCollectionExtensions
{
    /// <summary>
    /// Adds registries, executions, schedules, triggers, the intake of queues and operations. A host calls it once, beside
    /// <c>AddWeftAgents</c>.
    /// </summary>
    /// <remarks>
    /// The host brings an <see cref="IRecordStore"/>, an <see cref="IOrchestrationClient"/> and an <see cref="ICompletionSender"/>. What
    /// comes round (<see cref="OperationsService"/> and its like) it hosts itself, or has timers call.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="rounds">Whether this process looks after agents' health and executions without a record; false where timers of the host
    /// do.</param>
    public static IServiceCollection AddWeftRuntime(this IServiceCollection services, bool rounds = true)
    {
        services.AddSchedules();
        services.AddQueueIntake();
        services.AddOperations();
        services.AddWorkflows(rounds);
        return services;
    }

    /// <summary>
    /// Adds queues of the process's own, for hosts that have no broker. A server also hosts the pump that takes from them.
    /// </summary>
    public static IServiceCollection AddLocalQueues(this IServiceCollection services)
    {
        services.TryAddSingleton<LocalQueue>();
        services.TryAddSingleton<IDeadLetters>(s => s.GetRequiredService<LocalQueue>());
        services.TryAddSingleton<ICompletionSender, LocalCompletionSender>();
        return services;
    }
}
