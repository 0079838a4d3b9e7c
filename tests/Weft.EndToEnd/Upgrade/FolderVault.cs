using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weft.Agents.Secrets;
using Weft.Embedded;
using Weft.Embedded.Secrets;

namespace Weft.EndToEnd.Upgrade;

/// <summary>The secrets of a data folder that no process has open.</summary>
internal sealed class FolderVault : IAsyncDisposable
{
    /// <summary>The secret that every stored folder holds.</summary>
    public const string Name = "SHOP_TOKEN";

    /// <summary>Its value.</summary>
    public const string Value = "kept by an earlier build";

    private readonly IHost _host;

    private FolderVault(IHost host) => _host = host;

    public ISecretVault Secrets => _host.Services.GetRequiredService<ISecretVault>();

    public static async Task<FolderVault> OpenAsync(string dataFolder, CancellationToken deadline)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.Services.AddEmbeddedEngine(engine => engine.DataFolder = dataFolder);
        builder.Services.AddLocalVault(dataFolder);
        var host = builder.Build();
        await host.StartAsync(deadline);
        return new FolderVault(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
