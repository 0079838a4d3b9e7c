using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Agents.Memory;

/// <summary>Registers memory.</summary>
internal static class MemoryServiceCollectionExtensions
{
    /// <summary>Adds conversations, the <see cref="KnowledgeBase"/>, and the activities <c>ReadMemory</c> and <c>WriteMemory</c>.</summary>
    public static IServiceCollection AddMemory(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MemoryOptions>().BindConfiguration(MemoryOptions.Section).ValidateDataAnnotations();
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
