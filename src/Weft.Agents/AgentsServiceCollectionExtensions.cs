using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weft.Agents.Evaluation;
using Weft.Agents.Memory;
using Weft.Agents.Models;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Agents.Tools;

namespace Weft.Agents;

/// <summary>Registers what a step does.</summary>
public static class AgentsServiceCollectionExtensions
{
    /// <summary>
    /// Adds models, tools, memory, stored payloads and the evaluation of templates, with their activities. A host calls it once.
    /// </summary>
    /// <remarks>
    /// The host brings an <see cref="IRecordStore"/>, an <see cref="IDefinitionSource"/> (the runtime is one), and an
    /// <see cref="Microsoft.Extensions.Configuration.IConfiguration"/> that holds keys and endpoints under their conventional names.
    /// </remarks>
    public static IServiceCollection AddWeftAgents(this IServiceCollection services)
    {
        services.AddCommon();
        services.AddMemory();
        services.AddModels();
        services.AddTools();
        services.AddEvaluation();
        return services;
    }

    /// <summary>What each of the parts needs.</summary>
    internal static IServiceCollection AddCommon(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddContexts();
        return services;
    }
}
