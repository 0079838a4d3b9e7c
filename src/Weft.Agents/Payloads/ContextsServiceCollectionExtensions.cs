using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Weft.Agents.Storage;

namespace Weft.Agents.Payloads;

/// <summary>Registers the context store.</summary>
internal static class ContextsServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ContextStore"/>. Needs an <see cref="IRecordStore"/>, which the host picks.</summary>
    public static IServiceCollection AddContexts(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ContextStoreOptions>()
            .BindConfiguration(ContextStoreOptions.Section)
            .ValidateDataAnnotations();
        services.TryAddSingleton<ContextStore>();
        return services;
    }
}
