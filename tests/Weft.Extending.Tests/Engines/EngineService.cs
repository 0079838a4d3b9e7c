using Microsoft.Extensions.Hosting;
using Weft.Embedded.Engine;

namespace Weft.Extending.Tests.Engines;

/// <summary>Starts the engine with its host, and drains it with it.</summary>
internal sealed class EngineService(EmbeddedEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
