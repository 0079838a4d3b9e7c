using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Storage;
using Weft.Embedded.Engine;
using Weft.Workflows.Durable;

namespace Weft.Embedded;

/// <summary>Adds the embedded engine to a host.</summary>
public static class EmbeddedServiceCollectionExtensions
{
    /// <summary>
    /// Adds the engine, <see cref="IOrchestrationClient"/>, <see cref="IRecordStore"/>, and a hosted service that starts and drains the
    /// engine. Every <see cref="ActivityRegistration"/> and <see cref="OrchestratorRegistration"/> among the services is registered with
    /// it.
    /// </summary>
    /// <remarks>The data folder is taken when the first of them is resolved; records can be used before the host starts.</remarks>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, Action<EmbeddedEngineOptions>? configure = null)
    {
        var options = services.AddOptionsWithValidateOnStart<EmbeddedEngineOptions>()
            .BindConfiguration(EmbeddedEngineOptions.Section)
            .ValidateDataAnnotations();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new EmbeddedEngine(
            provider.GetRequiredService<IOptions<EmbeddedEngineOptions>>().Value,
            provider.GetServices<ActivityRegistration>(),
            provider.GetServices<OrchestratorRegistration>(),
            provider,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EmbeddedEngine>>()));
        services.TryAddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Client);
        services.TryAddSingleton(provider => provider.GetRequiredService<EmbeddedEngine>().Records);
        services.AddHostedService<EmbeddedEngineService>();
        return services;
    }
}
