using Microsoft.Extensions.Hosting;

namespace Weft.Agents.Telemetry;

/// <summary>Makes a service with its host, so that its instruments are listed before anything was measured.</summary>
/// <param name="service">The service, made by the container.</param>
public sealed class MadeAtStart<T>(T service) : IHostedService
    where T : notnull
{
    /// <summary>Gets the service.</summary>
    public T Service { get; } = service;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
