using Weft.Sandbox;

namespace Weft.EndToEnd.Harness;

/// <summary>One sandbox, and one server over it, for the tests that get along with each other's executions.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    internal SandboxServer Sandbox { get; private set; } = null!; // InitializeAsync comes first.

    internal WeftServer Server { get; private set; } = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Sandbox = await SandboxServer.StartAsync(new SandboxOptions(), deadline.Token);
        var environment = new Dictionary<string, string>(Sandbox.EnvironmentVariables) 
        {
            ["WEFT__API__MAXBODYBYTES"] = "65536",
            ["WEFT__TOOLS__CALLSPERMINUTE"] = "6000",
        };
        Server = await WeftServer.StartAsync(_folder.Path, environment, deadline.Token, "--workflows", Texts.Examples);
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Sandbox.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>The tests of one server run one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<SharedServer>
{
    public const string Name = "one server";
}
