using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weft.Agents.Storage;
using Weft.Embedded.Engine;
using Weft.Workflows.Durable;

namespace Weft.Extending.Tests.Engines;

/// <summary>Puts an engine into a host. Here it is the embedded one; yours takes its place.</summary>
public static class EngineComposition
{
    public static IServiceCollection AddEngine(this IServiceCollection services, string folder)
    {
        services.AddSingleton(s => new EmbeddedEngine(
            new EmbeddedEngineOptions { DataFolder = folder },
            s.GetServices<ActivityRegistration>(), // what the modules registered
            s.GetServices<OrchestratorRegistration>(),
            s, // what activities are made with
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<EmbeddedEngine>>()));
        services.AddSingleton<IOrchestrationClient>(s => s.GetRequiredService<EmbeddedEngine>().Client);
        services.AddSingleton<IRecordStore>(s => s.GetRequiredService<EmbeddedEngine>().Records);
        return services.AddHostedService<EngineService>();
    }
}
