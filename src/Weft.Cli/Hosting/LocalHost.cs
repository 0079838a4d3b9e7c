using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weft.Language;
using Weft.Sandbox;

namespace Weft.Cli.Hosting;

/// <summary>The product in this process, without a server: for commands that run or look at something once.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    /// <summary>Where the simulated shop, mail and chat outlive the process, so that a resumed execution finds them.</summary>
    public const string SandboxStateFile = "sandbox-state.json";

    private readonly IHost _host;
    private readonly SandboxServer? _sandbox;

    private LocalHost(IHost host, SandboxServer? sandbox)
    {
        _host = host;
        _sandbox = sandbox;
    }

    public IServiceProvider Services => _host.Services;

    public IConfiguration Configuration => _host.Services.GetRequiredService<IConfiguration>();

    /// <summary>Composes and starts the product.</summary>
    /// <exception cref="WeftException">Code <c>data_folder_in_use</c>: another process works on the folder.</exception>
    public static async Task<LocalHost> StartAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        Warmup.Begin();
        var sandbox = settings.Sandbox
            ? await SandboxServer.StartAsync(
                new SandboxOptions { StateFile = Path.Combine(settings.DataFolder, SandboxStateFile) }, cancellationToken)
            : null;
        try
        {
            var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
            builder.Configuration.AddWeftSettings(sandbox?.EnvironmentVariables);
            var started = false;
            builder.Logging.AddWeftConsole(builder.Configuration, LogLevel.Warning, () => started);
            builder.Services.AddWeft(settings).AddSandboxSecrets(sandbox?.EnvironmentVariables);
            var host = builder.Build();
            await host.StartAsync(cancellationToken);
            started = true;
            return new LocalHost(host, sandbox);
        }
        catch
        {
            if (sandbox is not null)
            {
                await sandbox.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Takes what an earlier run left in the simulated shop, mail and chat away.</summary>
    public static void ForgetSandbox(string dataFolder)
    {
        var state = Path.Combine(dataFolder, SandboxStateFile);
        if (File.Exists(state))
        {
            File.Delete(state);
        }
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public IEnumerable<T> GetAll<T>() => _host.Services.GetServices<T>();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await ((IAsyncDisposable)_host).DisposeAsync();
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }
}
