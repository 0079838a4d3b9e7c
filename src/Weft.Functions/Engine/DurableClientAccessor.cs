using Microsoft.DurableTask.Client;

namespace Weft.Functions.Engine;

/// <summary>Carries the engine's client from the bindings, which alone can make it, to the services that need it.</summary>
/// <remarks>The worker keeps one client for each task hub, so the newest one that a trigger brought serves everyone.</remarks>
public sealed class DurableClientAccessor
{
    private volatile DurableTaskClient? _client;

    /// <summary>Gets the client.</summary>
    /// <exception cref="InvalidOperationException">No trigger with a client binding has run in this process yet.</exception>
    public DurableTaskClient Client => _client
        ?? throw new InvalidOperationException(
            "The engine's client is used before any trigger brought one: bind [DurableClient] in the function that gets here.");

    /// <summary>Every trigger that leads to the engine's client calls this first.</summary>
    public void Use(DurableTaskClient client) => _client = client;
}
