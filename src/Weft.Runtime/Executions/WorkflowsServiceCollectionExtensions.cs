using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weft.Agents.Storage;
using Weft.Agents.Telemetry;
using Weft.Runtime.Cards;
using Weft.Runtime.Operations;
using Weft.Runtime.Records;
using Weft.Runtime.Registry;
using Weft.Runtime.Triggers;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Executions;

/// <summary>Registers workflows, agents and executions: registries, services, activities and their background work.</summary>
internal static class WorkflowsServiceCollectionExtensions
{
    /// <summary>
    /// Adds them, once. The host brings an <see cref="IRecordStore"/>, an <see cref="IOrchestrationClient"/>, and the tools.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="rounds">Whether this process makes the rounds (agents' health, executions without a record); false where timers of the
    /// host call them.</param>
    public static IServiceCollection AddWorkflows(this IServiceCollection services, bool rounds)
    {
        services.AddOptionsWithValidateOnStart<ExecutionOptions>().BindConfiguration(ExecutionOptions.Section).ValidateDataAnnotations();
        services.AddOptions<WorkflowFoldersOptions>().BindConfiguration(WorkflowFoldersOptions.Section);

        services.TryAddSingleton<ExecutionRecords>();
        services.TryAddSingleton<KnownNames>();
        services.TryAddSingleton<WorkflowRegistry>();
        services.TryAddSingleton<IDefinitionSource>(s => s.GetRequiredService<WorkflowRegistry>());
        services.TryAddSingleton<AgentRegistry>();
        services.TryAddSingleton<AgentPerformance>();
        services.TryAddSingleton<ExecutionStarter>();
        services.TryAddSingleton<ExecutionMetrics>();
        services.AddHostedService<MadeAtStart<ExecutionMetrics>>();
        services.TryAddSingleton<ExecutionEnds>();
        services.TryAddSingleton<ExecutionService>();
        services.TryAddSingleton<ExecutionEvents>();
        services.TryAddSingleton<WorkflowTriggers>();
        services.TryAddSingleton<Webhooks>();
        services.TryAddSingleton<ComposioHooks>();

        services.TryAddSingleton<LoadWorkflow>();
        services.TryAddSingleton<ErrorRateWatch>();
        services.TryAddSingleton<RecordExecution>();
        services.AddSingleton<ActivityRegistration>(
            ActivityRegistration.Of<LoadWorkflowRequest, LoadedWorkflow>(
                StepNames.LoadWorkflow, s => s.GetRequiredService<LoadWorkflow>()));
        services.AddSingleton<ActivityRegistration>(
            ActivityRegistration.Of<ExecutionDocument, RecordedExecution>(
                StepNames.RecordExecution, s => s.GetRequiredService<RecordExecution>()));

        services.TryAddSingleton<DispatchSignal>();
        services.AddSingleton<ActivityRegistration>(
            ActivityRegistration.Of<DispatchSignalRequest, DispatchedSignal>(
                StepNames.DispatchSignal, s => s.GetRequiredService<DispatchSignal>()));

        services.TryAddSingleton<WorkflowFolders>();
        services.TryAddSingleton<AgentHealthMonitor>();
        services.TryAddSingleton<ExecutionSweep>();
        services.AddHostedService(s => s.GetRequiredService<WorkflowFolders>());
        services.AddHostedService<ToolDiscovery>();
        if (rounds)
        {
            services.AddHostedService(s => s.GetRequiredService<AgentHealthMonitor>());
            services.AddHostedService(s => s.GetRequiredService<ExecutionSweep>());
        }

        return services;
    }
}
