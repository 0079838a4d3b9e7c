using System.Text.Json.Nodes;
using Weft.Functions.AzuriteTests.Emulator;
using Weft.Sandbox;

namespace Weft.Functions.HostTests.Harness;

/// <summary>A sandbox and a host over it, with a hub of its own, for the tests of one class.</summary>
public class HostFixture(Azurite azurite) : IAsyncLifetime
{
    // With a clock that stands still: two runs of one thing get the same dates.
    private readonly SandboxOptions _sandbox = new() { Clock = new StoppedClock() };

    internal SandboxServer Sandbox { get; private set; } = null!; // InitializeAsync comes first.

    internal HostProcess Host { get; private set; } = null!; // InitializeAsync comes first.

    /// <summary>Gets the name of the task hub; the tables of its histories begin with it.</summary>
    internal string Hub { get; } = "t" + Guid.NewGuid().ToString("N")[..12];

    internal virtual string Storage => azurite.ConnectionString;

    /// <summary>Gets the settings that the class's host has besides the usual ones.</summary>
    protected virtual IReadOnlyDictionary<string, string> More => new Dictionary<string, string>();

    public virtual async Task InitializeAsync()
    {
        if (Azurite.Program is null)
        {
            return; // All tests are skipped.
        }

        Sandbox = await SandboxServer.StartAsync(_sandbox, CancellationToken.None);
        Host = await StartHostAsync("one");
    }

    public virtual async Task DisposeAsync()
    {
        if (Azurite.Program is not null)
        {
            await Host.DisposeAsync();
            await Sandbox.DisposeAsync();
        }
    }

    /// <summary>The returns of an order that the simulated shop has.</summary>
    internal IEnumerable<JsonNode?> ReturnsOf(string order) =>
        Sandbox.State.ToJson()["shop"]!["returns"]!.AsArray().Where(r => (string?)r!["order_id"] == order);

    /// <summary>Kills the host with its worker, and starts another on the same hub.</summary>
    internal async Task RestartAsync()
    {
        await Host.DisposeAsync();
        Host = await StartHostAsync("one");
    }

    /// <summary>Starts a host on the hub.</summary>
    /// <param name="name">Its name among the hosts: two of one machine would take each other's work for their own.</param>
    internal Task<HostProcess> StartHostAsync(string name)
    {
        var settings = new Dictionary<string, string>(Sandbox.EnvironmentVariables)
        {
            ["AzureWebJobsStorage"] = Storage,
            ["DurableStorage"] = Storage,
            ["TaskHub"] = Hub,
            ["WEBSITE_CURRENT_STAMPNAME"] = "test",
            ["RoleInstanceId"] = name,
            ["Weft__Tools__CallsPerMinute"] = "6000",

            // No call of the simulated apps takes as long, so one without a result by then was made by a worker that died.
            ["Weft__Tools__LostAfter"] = "00:00:10",
        };
        foreach (var (setting, value) in More)
        {
            settings[setting] = value;
        }

        return HostProcess.StartAsync(settings);
    }
}
