using Microsoft.Extensions.DependencyInjection;
using Weft.Agents.Telemetry;

namespace Weft.Runtime.Operations;

/// <summary>Registers operations.</summary>
internal static class OperationsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the round. The embedded server also adds <see cref="OperationsService"/>; on Azure a timer trigger calls
    /// <see cref="OperationsRound.RunAsync"/>.
    /// </summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<OperationsOptions>().BindConfiguration(OperationsOptions.Section).ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<OperationsMetrics>();
        services.AddHostedService<MadeAtStart<OperationsMetrics>>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddSingleton<OrphanedInstances>();
        services.AddSingleton<StuckRuns>();
        services.AddSingleton<Retention>();
        services.AddSingleton<OperationsRound>();
        return services;
    }
}
