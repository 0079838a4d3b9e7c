using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Host.Config;
using Weft.Functions.TestHost.Worker;

namespace Weft.Functions.TestHost.Durable;

/// <summary>Starts the WebJobs host with the Durable extension in it.</summary>
internal static class JobHosts
{
    public static async Task<IHost> StartAsync(
        WorkerPool workers, string hostJson, string address, Action<ILoggingBuilder> logging, CancellationToken stopping)
    {
        DurableFunctions.Connect(workers);
        var settings = ExtensionSettings.Read(hostJson);
        var types = new TypeLocator(FunctionTypes.Build(workers.Functions), typeof(DurableFunctions));
        var host = new HostBuilder()
            .ConfigureAppConfiguration(c => c.AddInMemoryCollection(settings).AddEnvironmentVariables())
            .ConfigureLogging(logging)
            .ConfigureWebJobs(jobs => jobs.AddDurableTask())
#pragma warning disable CS0618 // Obsolete is to mean: for hosts only. This is one.
            .ConfigureServices(s => s.AddSingleton<ITypeLocator>(types).AddSingleton<IWebHookProvider>(new WebHooks(address)))
#pragma warning restore CS0618
            .Build();
        await host.StartAsync(stopping);
        var take = typeof(DurableFunctions).GetMethod(nameof(DurableFunctions.TakeClient));
        await ((JobHost)host.Services.GetRequiredService<IJobHost>()).CallAsync(take, cancellationToken: stopping);
        return host;
    }
}
