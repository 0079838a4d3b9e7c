using Weft.Functions.AzuriteTests.Emulator;

namespace Weft.Functions.HostTests.Harness;

/// <summary>A host whose app knows the secret of a hook.</summary>
public sealed class HookedHost(Azurite azurite) : HostFixture(azurite)
{
    /// <summary>The secret of the hook <c>orders</c>.</summary>
    public const string Secret = "whsec_test";

    protected override IReadOnlyDictionary<string, string> More =>
        new Dictionary<string, string> { ["Weft__Hooks__orders__Secret"] = Secret };
}
