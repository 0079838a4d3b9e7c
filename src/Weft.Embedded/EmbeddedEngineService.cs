using Microsoft.Extensions.Hosting;
using Weft.Embedded.Engine;

namespace Weft.Embedded;

/// <summary>Runs the engine with the host, and ends the host when the disk fails.</summary>
internal sealed class EmbeddedEngineService(EmbeddedEngine engine, IHostApplicationLifetime lifetime) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.StartAsync(cancellationToken);
        _ = engine.Faulted.ContinueWith(
            _ => lifetime.StopApplication(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
