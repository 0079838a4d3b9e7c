using Azure.Core.Serialization;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weft.Agents;
using Weft.Agents.Models.Providers;
using Weft.Agents.Secrets;
using Weft.Agents.Storage;
using Weft.Agents.Tools;
using Weft.Api;
using Weft.Functions.Credentials;
using Weft.Functions.Engine;
using Weft.Functions.Http;
using Weft.Functions.Middleware;
using Weft.Functions.Queues;
using Weft.Functions.Records;
using Weft.Functions.Telemetry;
using Weft.Language;
using Weft.Runtime;
using Weft.Runtime.Queues;
using Weft.Runtime.Registry;
using Weft.Workflows;
using Weft.Workflows.Durable;

namespace Weft.Functions;

/// <summary>
/// What the Azure host is made of: the product's modules, on Durable Functions, Table Storage, Key Vault and Service Bus.
/// </summary>
internal static class Composition
{
    public static void AddWeftFunctions(this FunctionsApplicationBuilder builder)
    {
        builder.Configuration.BlankUnresolvedReferences();
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<CorrelationMiddleware>();

        // Bindings and durable payloads; our own envelopes do not depend on it, the engine's plain ones do.
        builder.Services.Configure<WorkerOptions>(o => o.Serializer = new JsonObjectSerializer(WeftJson.Options));
        builder.AddTelemetry();
        builder.Services.AddWeftServices(builder.Configuration);
    }

    /// <summary>Adds what does not depend on the worker.</summary>
    public static void AddWeftServices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddAzureClients(configuration);
        WeftOrchestrators.Register(r => services.AddSingleton(r));
        services.AddWeftAgents();

        // Any instance may get a call delivered that another one is making.
        services.PostConfigure<ToolOptions>(o => o.SharedWorkers = true);

        // Timer triggers do the rounds here; as background services they would run on every instance.
        services.AddWeftRuntime(rounds: false);
        services.AddWeftApi();

        services.AddSingleton<DurableClientAccessor>();
        services.AddSingleton<IOrchestrationClient, DurableOrchestrationClient>();
        services.AddSingleton<IRecordStore>(s => new TableRecordStore(s.GetRequiredService<TableServiceClient>()));
        services.AddSingleton<ICompletionSender, ServiceBusCompletionSender>();
        services.AddSingleton<IDeadLetters, ServiceBusDeadLetters>();
        services.AddSingleton<ActivityRunner>();
        services.AddSingleton<ApiEntry>();
        if (configuration[AzureClients.VaultUri] is { Length: > 0 })
        {
            services.AddSingleton<ISecretVault, KeyVaultSecretVault>();
        }

        services.PostConfigure<QueueOptions>(
            o => o.Start = configuration[QueueSettings.Start] is { Length: > 0 } queue ? queue : o.Start);
        services.PostConfigure<WorkflowFoldersOptions>(o => o.Paths.Add(Path.Combine(AppContext.BaseDirectory, "workflows")));
    }
}
