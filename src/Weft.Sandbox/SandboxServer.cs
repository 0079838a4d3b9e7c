using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Weft.Sandbox.Composio;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Script;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox;

/// <summary>Simulators of OpenAI, Anthropic and Composio on a loopback address, with a simulated shop, mail and chat behind them.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SandboxWorld _world;

    private SandboxServer(WebApplication app, SandboxWorld world, Uri baseAddress)
    {
        _app = app;
        _world = world;
        BaseAddress = baseAddress;
        EnvironmentVariables = SandboxEnvironment.For(baseAddress);
    }

    /// <summary>Gets the address the server listens on, such as <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Gets the conventional variables that point clients at the simulators, keys included.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables { get; }

    /// <summary>Gets what was asked and answered.</summary>
    public SandboxLog Log => _world.Log;

    /// <summary>Gets the world behind the simulated apps.</summary>
    public SandboxState State => _world.State;

    /// <summary>Gets the faults in force.</summary>
    public FaultPlan Faults => _world.Faults;

    /// <summary>Gets the caller's rules for the models.</summary>
    public SandboxScript Script => _world.Script;

    /// <summary>Starts a sandbox, and returns once it accepts connections.</summary>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Exchange.MaxBodyBytes;
            kestrel.Limits.MinResponseDataRate = null;
        });
        builder.WebHost.UseShutdownTimeout(TimeSpan.FromSeconds(1));
        builder.Services.AddRoutingCore();
        builder.Services.AddSandbox(options);
        var app = builder.Build();
        try
        {
            app.UseRouting();
            app.MapSandbox();
            await app.StartAsync(cancellationToken);
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return new SandboxServer(app, app.Services.GetRequiredService<SandboxWorld>(), new Uri(address.TrimEnd('/') + "/"));
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves until <paramref name="cancellationToken"/> is signalled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await _app.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Stops the server; requests that are left hanging end.</summary>
    public async ValueTask DisposeAsync()
    {
        _world.Stop();
        await _app.DisposeAsync();
    }
}
