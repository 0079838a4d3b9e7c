using Azure.Core.Serialization;
using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weft.Agents;
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

        builder.Services.AddAzureClients(builder.Configuration);
        WeftOrchestrators.Register(r => builder.Services.AddSingleton(r));
        builder.Services.AddWeftAgents();

        // Any instance may get a call delivered that another one is making.
        builder.Services.PostConfigure<ToolOptions>(o => o.SharedWorkers = true);

        // Timer triggers do the rounds here; as background services they would run on every instance.
        builder.Services.AddWeftRuntime(rounds: false);
        builder.Services.AddWeftApi();

        builder.Services.AddSingleton<DurableClientAccessor>();
        builder.Services.AddSingleton<IOrchestrationClient, DurableOrchestrationClient>();
        builder.Services.AddSingleton<IRecordStore>(s => new TableRecordStore(s.GetRequiredService<TableServiceClient>()));
        builder.Services.AddSingleton<ICompletionSender, ServiceBusCompletionSender>();
        builder.Services.AddSingleton<IDeadLetters, ServiceBusDeadLetters>();
        builder.Services.AddSingleton<ActivityRunner>();
        builder.Services.AddSingleton<ApiEntry>();
        if (builder.Configuration[AzureClients.VaultUri] is { Length: > 0 })
        {
            builder.Services.AddSingleton<ISecretVault, KeyVaultSecretVault>();
        }

        builder.Services.PostConfigure<QueueOptions>(
            o => o.Start = builder.Configuration[QueueSettings.Start] is { Length: > 0 } queue ? queue : o.Start);
        builder.Services.PostConfigure<WorkflowFoldersOptions>(o => o.Paths.Add(Path.Combine(AppContext.BaseDirectory, "workflows")));
    }
}
