using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Weft.Language;

namespace Weft.Functions;

/// <summary>
/// The clients of Azure's services: one of each in the process, by identity on Azure and by connection string on a developer's machine.
/// </summary>
internal static class AzureClients
{
    public const string TableServiceUri = "Weft:Records:TableServiceUri";
    public const string VaultUri = "Weft:Vault:Uri";
    public const string ServiceBusConnection = "ServiceBusConnection";

    public static IServiceCollection AddAzureClients(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TokenCredential>(_ => new DefaultAzureCredential(new DefaultAzureCredentialOptions
        {
            ManagedIdentityClientId = configuration["AZURE_CLIENT_ID"],
        }));
        services.AddSingleton(s => OpenTables(configuration, s.GetRequiredService<TokenCredential>()));
        services.AddSingleton(s => OpenBus(configuration, s.GetRequiredService<TokenCredential>()));

        // Opened by the first that needs it: without a bus everything but queues works.
        services.AddSingleton(s => new Lazy<ServiceBusClient>(s.GetRequiredService<ServiceBusClient>));
        if (configuration[VaultUri] is { Length: > 0 } vault)
        {
            // The client retries throttling by itself, and waits as long as the vault asks.
            services.AddSingleton(s => new SecretClient(new Uri(vault), s.GetRequiredService<TokenCredential>()));
        }

        return services;
    }

    private static TableServiceClient OpenTables(IConfiguration configuration, TokenCredential credential)
    {
        var options = new TableClientOptions();
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 6;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(10);
        if (configuration[TableServiceUri] is { Length: > 0 } uri)
        {
            return new TableServiceClient(new Uri(uri), credential, options);
        }

        return configuration["AzureWebJobsStorage"] is { Length: > 0 } connection
            ? new TableServiceClient(connection, options)
            : throw new WeftException(
                "missing_setting", Fault.NotSetUp,
                "No storage for records: set Weft__Records__TableServiceUri to an account's table endpoint, or AzureWebJobsStorage to a "
                + "connection string.");
    }

    private static ServiceBusClient OpenBus(IConfiguration configuration, TokenCredential credential)
    {
        if (configuration[$"{ServiceBusConnection}:fullyQualifiedNamespace"] is { Length: > 0 } name)
        {
            return new ServiceBusClient(name, credential);
        }

        return configuration[ServiceBusConnection] is { Length: > 0 } connection
            ? new ServiceBusClient(connection)
            : throw new WeftException(
                "missing_setting", Fault.NotSetUp,
                "No Service Bus: set ServiceBusConnection__fullyQualifiedNamespace, or ServiceBusConnection to a connection string.");
    }
}
