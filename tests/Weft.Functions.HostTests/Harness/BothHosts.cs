using Weft.EndToEnd.Harness;
using Weft.Functions.AzuriteTests.Emulator;

namespace Weft.Functions.HostTests.Harness;

/// <summary>The Azure host and the embedded server, over one sandbox.</summary>
public sealed class BothHosts(Azurite azurite) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    internal HostFixture Azure { get; } = new(azurite);

    internal WeftServer Embedded { get; private set; } = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        if (Azurite.Program is null)
        {
            return; // All tests are skipped.
        }

        await Azure.InitializeAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var settings = new Dictionary<string, string>(Azure.Sandbox.EnvironmentVariables) { ["WEFT__TOOLS__CALLSPERMINUTE"] = "6000" };
        Embedded = await WeftServer.StartAsync(_folder.Path, settings, deadline.Token, "--workflows", Texts.Examples);
    }

    public async Task DisposeAsync()
    {
        if (Azurite.Program is not null)
        {
            await Embedded.DisposeAsync();
        }

        await Azure.DisposeAsync();
        _folder.Dispose();
    }
}
