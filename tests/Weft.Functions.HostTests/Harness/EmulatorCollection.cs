using Weft.Functions.AzuriteTests.Emulator;

namespace Weft.Functions.HostTests.Harness;

/// <summary>All tests share one emulator, and run one after another: a host takes what the machine has.</summary>
[CollectionDefinition(Name)]
public sealed class EmulatorCollection : ICollectionFixture<Azurite>
{
    public const string Name = "one emulator";
}
