using Weft.EndToEnd.Harness;
using Weft.Functions.AzuriteTests.Emulator;

namespace Weft.Functions.HostTests.Harness;

/// <summary>The Azure host and the embedded server, over one sandbox.</summary>
public sealed class BothHosts : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    // Of its own: routing goes by the calls that are recorded, those of other tests too.
    private readonly Azurite _azurite = new();

    public BothHosts() => Azure = new HostFixture(_azurite);

    internal HostFixture Azure { get; }

    internal WeftServer Embedded { get; private set; } = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        if (Azurite.Program is null)
        {
            return; // All tests are skipped.
        }

        await _azurite.InitializeAsync();
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
        await _azurite.DisposeAsync();
        _folder.Dispose();
    }
}
