using Weft.Functions.AzuriteTests.Emulator;
using Weft.Functions.HostTests.Harness;

namespace Weft.Functions.HostTests.Costs;

/// <summary>A host whose storage operations are counted.</summary>
public sealed class CountedHost(Azurite azurite) : HostFixture(azurite)
{
    internal StorageProxy Proxy { get; private set; } = null!; // InitializeAsync comes first.

    /// <summary>Gets the instances as they are stored, read past the proxy: who looks at them costs nothing.</summary>
    internal TaskHub Instances => new(base.Storage, Hub);

    internal override string Storage => Proxy.ConnectionString;

    public override async Task InitializeAsync()
    {
        if (Azurite.Program is not null)
        {
            Proxy = await StorageProxy.StartAsync(base.Storage, CancellationToken.None);
        }

        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        if (Azurite.Program is not null)
        {
            await Proxy.DisposeAsync();
        }
    }
}
