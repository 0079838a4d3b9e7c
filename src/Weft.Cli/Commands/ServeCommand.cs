using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Weft.Api;
using Weft.Cli.Hosting;
using Weft.Sandbox;

namespace Weft.Cli.Commands;

/// <summary><c>weft serve</c>: the API, the engine and what runs by itself, until SIGTERM or Ctrl-C.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "The address to listen on.",
            DefaultValueFactory = _ => "http://127.0.0.1:7071",
        };
        var watch = new Option<bool>("--watch") { Description = "Load workflows again when their files change." };
        var (sandbox, data, folders) = (CommonOptions.Sandbox(), CommonOptions.Data(), CommonOptions.Workflows());
        var command = new Command("serve", "Serves the API, and resumes what a crash left.") { urls, data, folders, sandbox, watch };
        command.SetAction((parsed, cancellationToken) => ServeAsync(
            new HostSettings
            {
                Urls = parsed.GetValue(urls),
                DataFolder = parsed.GetValue(data)!,
                Sandbox = parsed.GetValue(sandbox),
                WorkflowFolders = CommonOptions.Folders(parsed.GetValue(folders)),
                Watch = parsed.GetValue(watch),
            },
            parsed.InvocationConfiguration.Output,
            cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(HostSettings settings, TextWriter output, CancellationToken cancellationToken)
    {
        Warmup.Begin();
        var addresses = ListenAddress.Parse(settings.Urls!);
        await using var sandbox = settings.Sandbox ? await StartSandboxAsync(settings, cancellationToken) : null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddWeftSettings(sandbox?.EnvironmentVariables);
        var started = false;
        builder.Logging.AddWeftConsole(builder.Configuration, LogLevel.Information, () => started);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseUrls(settings.Urls!).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(60));
        builder.Services.AddWeft(settings).AddSandboxSecrets(sandbox?.EnvironmentVariables).AddWeftServer(builder.Configuration);
        await using var app = builder.Build();
        RefuseOpenDoor(addresses, app.Services.GetRequiredService<IOptions<ApiOptions>>().Value);

        app.UseWeftApi();
        app.MapWeftApi();
        try
        {
            await app.StartAsync(cancellationToken);
            started = true;
        }
        catch (IOException taken) when (ListenAddress.IsTaken(taken))
        {
            throw ListenAddress.Taken(settings.Urls!);
        }

        foreach (var address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
        {
            await output.WriteLineAsync(
                $"Now listening on: {address}{(settings.Sandbox ? " (sandbox: providers and tools are simulated)" : string.Empty)}");
        }

        if (sandbox is not null)
        {
            await output.WriteLineAsync($"Sandbox: {sandbox.BaseAddress} (log, state, faults)");
        }

        await output.FlushAsync(CancellationToken.None);
        await UntilStoppedAsync(app.Lifetime, cancellationToken);
        await app.StopAsync(CancellationToken.None);
        return ExitCodes.Completed;
    }

    private static async Task<SandboxServer> StartSandboxAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.DataFolder);
        return await SandboxServer.StartAsync(
            new SandboxOptions
            {
                StateFile = Path.Combine(settings.DataFolder, LocalHost.SandboxStateFile),
                LogFile = Path.Combine(settings.DataFolder, "sandbox-log.jsonl"),
            },
            cancellationToken);
    }

    private static async Task UntilStoppedAsync(IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var byHost = lifetime.ApplicationStopping.Register(() => stopped.TrySetResult());
        await using var byCaller = cancellationToken.Register(() => stopped.TrySetResult());
        await stopped.Task;
    }

    // Whoever reaches the port may run workflows and spend money: off this machine only with keys.
    private static void RefuseOpenDoor(IReadOnlyList<ListenAddress> addresses, ApiOptions api)
    {
        if (api.Keys.Count == 0 && addresses.FirstOrDefault(a => !a.IsLoopback) is { } open)
        {
            throw new ConfigurationException(
                $"{open.Url} can be reached from other machines, and no API key is set. Set {ApiOptions.Section}:Keys (docs/operate.md "
                + $"says how), or listen on 127.0.0.1.");
        }
    }
}
