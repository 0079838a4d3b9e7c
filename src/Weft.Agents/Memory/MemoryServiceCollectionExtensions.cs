using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weft.Agents.Payloads;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Memory;

/// <summary>Registers memory.</summary>
internal static class MemoryServiceCollectionExtensions
{
    /// <summary>Adds conversations, the <see cref="KnowledgeBase"/>, and the activities <c>ReadMemory</c> and <c>WriteMemory</c>.</summary>
    public static IServiceCollection AddMemory(this IServiceCollection services)
    {
        // Activities are enumerated by the host: a second registration would be a second activity of the same name.
        if (services.Any(s => s.ServiceType == typeof(MemoryActivity)))
        {
            return services;
        }

        services.AddContexts();
        services.AddOptionsWithValidateOnStart<MemoryOptions>().BindConfiguration(MemoryOptions.Section).ValidateDataAnnotations();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<KnowledgeBase>();
        services.TryAddSingleton<MemoryOperations>();
        services.TryAddSingleton<MemoryActivity>();
        foreach (var name in new[] { StepNames.ReadMemory, StepNames.WriteMemory })
        {
            services.AddSingleton<ActivityRegistration>(
                ActivityRegistration.Of<MemoryRequest, MemoryResult>(name, s => s.GetRequiredService<MemoryActivity>()));
        }

        return services;
    }
}
