using Weft.EndToEnd.Harness;
using Weft.Sandbox;

namespace Weft.EndToEnd.Upgrade;

/// <summary>This build, serving a copy of what a release left.</summary>
internal sealed class UpgradedServer : IAsyncDisposable
{
    private readonly TempFolder _folder = new();

    private UpgradedServer()
    {
    }

    public SandboxServer Sandbox { get; private set; } = null!; // StartAsync comes first.

    public WeftServer Server { get; private set; } = null!; // StartAsync comes first.

    public static async Task<UpgradedServer> StartAsync(StoredRelease release, CancellationToken deadline)
    {
        var upgraded = new UpgradedServer();
        release.Unpack(upgraded._folder.Path);
        upgraded.Sandbox = await SandboxServer.StartAsync(new SandboxOptions(), deadline);
        upgraded.Server = await DataFolders.ServeAsync(upgraded._folder.Path, upgraded.Sandbox, deadline);
        return upgraded;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Sandbox.DisposeAsync();
        _folder.Dispose();
    }
}
