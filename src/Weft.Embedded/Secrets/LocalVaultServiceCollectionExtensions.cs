using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Weft.Agents.Secrets;
using Weft.Agents.Storage;

namespace Weft.Embedded.Secrets;

/// <summary>Registers the vault of one machine.</summary>
public static class LocalVaultServiceCollectionExtensions
{
    /// <summary>Adds <see cref="LocalSecretVault"/>, with its keys in the folder <c>keys</c> of the data folder.</summary>
    /// <param name="services">The services; they need an <see cref="IRecordStore"/>.</param>
    /// <param name="dataFolder">The data folder; the keys' folder is made, for the owner alone where the system knows owners.</param>
    public static IServiceCollection AddLocalVault(this IServiceCollection services, string dataFolder)
    {
        var keys = Path.Combine(dataFolder, "keys");
        var folder = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(keys)
            : Directory.CreateDirectory(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        services.AddDataProtection().SetApplicationName("Weft").PersistKeysToFileSystem(folder);

        // The framework makes a key when a host starts, in a tenth of a short command's time. The first secret makes it as well.
        foreach (var start in services.Where(x => x.ServiceType == typeof(IHostedService)
            && x.ImplementationType?.Assembly == typeof(KeyManagementOptions).Assembly).ToList())
        {
            services.Remove(start);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISecretVault, LocalSecretVault>();
        return services;
    }
}
