using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Weft.Agents.Contexts;

/// <summary>Registers the context store.</summary>
public static class ContextsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ContextStore"/>. Needs an <see cref="Records.IRecordStore"/>, which the host picks.</summary>
    public static IServiceCollection AddContexts(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ContextStoreOptions>()
            .BindConfiguration(ContextStoreOptions.Section)
            .ValidateDataAnnotations();
        services.TryAddSingleton<ContextStore>();
        return services;
    }
}
