using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Agents.Secrets;
using Weft.Agents.Tools.Providers.Composio.Connections;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Registers connections and secrets.</summary>
internal static class CredentialsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="Connections"/> and <see cref="SecretSource"/>. The vault is the host's choice; without one, secrets come from
    /// configuration and environment.
    /// </summary>
    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.TryAddSingleton<SecretSource>();
        services.TryAddSingleton<ConnectionRecords>();
        services.TryAddSingleton(s => new ComposioConnections(
            s.GetRequiredService<ComposioClient>(),
            s.GetRequiredService<ComposioAccounts>(),
            s.GetRequiredService<ConnectionRecords>(),
            s.GetRequiredService<IOptions<ComposioOptions>>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<ComposioConnections>>()));
        return services;
    }
}
