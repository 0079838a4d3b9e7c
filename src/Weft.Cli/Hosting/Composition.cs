using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weft.Agents;
using Weft.Agents.Models;
using Weft.Agents.Secrets;
using Weft.Agents.Tools;
using Weft.Api;
using Weft.Embedded;
using Weft.Embedded.Secrets;
using Weft.Runtime;
using Weft.Runtime.Executions;
using Weft.Runtime.Operations;
using Weft.Runtime.Queues;
using Weft.Runtime.Registry;
using Weft.Runtime.Schedules;
using Weft.Runtime.Triggers;
using Weft.Workflows;

namespace Weft.Cli.Hosting;

/// <summary>What the embedded product is made of.</summary>
internal static class Composition
{
    /// <summary>Adds every module. The API is there too: commands use its services without a server.</summary>
    public static IServiceCollection AddWeft(this IServiceCollection services, HostSettings settings)
    {
        WeftOrchestrators.Register(r => services.AddSingleton(r));
        services.AddWeftAgents();
        services.AddWeftRuntime();
        services.AddLocalQueues();
        services.AddWeftApi();
        services.AddLocalVault(settings.DataFolder);
        services.AddEmbeddedEngine(engine => engine.DataFolder = settings.DataFolder);
        services.Configure<ExecutionOptions>(o => o.Sandbox = settings.Sandbox);
        services.Configure<WorkflowFoldersOptions>(o =>
        {
            foreach (var folder in settings.WorkflowFolders)
            {
                o.Paths.Add(folder);
            }

            o.Watch = settings.Watch;
        });
        return services;
    }

    /// <summary>Adds what only a server does: schedules and queues.</summary>
    public static IServiceCollection AddWeftServer(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHostedService<SchedulerService>();
        services.AddHostedService<LocalQueuePump>();
        services.AddHostedService<OperationsService>();
        return services.AddTelemetryExport(configuration);
    }

    /// <summary>Lets the simulators' addresses and keys go before those that are stored in the vault.</summary>
    /// <param name="services">The services, the vault among them.</param>
    /// <param name="sandbox">What the simulators are reached by; null: there are none.</param>
    public static IServiceCollection AddSandboxSecrets(this IServiceCollection services, IReadOnlyDictionary<string, string>? sandbox) =>
        sandbox is null ? services
        : services.AddSingleton<ISecretVault>(s => new SandboxSecrets(sandbox, ActivatorUtilities.CreateInstance<LocalSecretVault>(s)));

    /// <summary>Settings in rising order: appsettings.json, weft.yaml, the environment, what the sandbox says.</summary>
    public static IConfigurationBuilder AddWeftSettings(
        this IConfigurationBuilder configuration, IReadOnlyDictionary<string, string>? sandbox)
    {
        configuration
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true, reloadOnChange: false)
            .AddWeftYaml(Path.GetFullPath(YamlSettings.FileName))
            .AddEnvironmentVariables();
        if (sandbox is not null)
        {
            configuration.AddInMemoryCollection(sandbox.Select(v => new KeyValuePair<string, string?>(v.Key, v.Value)));
        }

        return configuration;
    }

    /// <summary>One line a message on standard error; a server says more than a single run.</summary>
    /// <param name="logging">The logging of the host.</param>
    /// <param name="configuration">Its settings: <c>Logging</c> may say more.</param>
    /// <param name="least">The least level that is written.</param>
    /// <param name="started">Whether the host has started: what keeps it from that is told by the command, not logged with its
    /// stack.</param>
    public static ILoggingBuilder AddWeftConsole(
        this ILoggingBuilder logging, IConfiguration configuration, LogLevel least, Func<bool> started)
    {
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.SetMinimumLevel(least);

        // The keys lie in the data folder, which is the owner's alone; what else could wrap them is the host's business (docs/deploy.md).
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => level >= LogLevel.Warning && started());
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        });
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        return logging;
    }
}
