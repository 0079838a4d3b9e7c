namespace Weft.EndToEnd.Upgrade;

/// <summary>One server for each release that has left files.</summary>
public sealed class UpgradedServers : IAsyncLifetime
{
    private readonly Dictionary<string, UpgradedServer> _servers = [];

    internal UpgradedServer Of(string release) => _servers[release];

    public async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var release in StoredRelease.All)
        {
            _servers[release.Name] = await UpgradedServer.StartAsync(release, deadline.Token);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await server.DisposeAsync();
        }
    }
}
