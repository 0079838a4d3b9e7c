using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Weft.Sandbox;

namespace Weft.Functions.HostTests.Harness;

/// <summary>Watches the faults of a sandbox.</summary>
internal static class SandboxFaults
{
    /// <summary>Waits until each fault in force has hit a request.</summary>
    public static async Task UntilHitAsync(this SandboxServer sandbox, CancellationToken deadline)
    {
        using var client = new HttpClient { BaseAddress = sandbox.BaseAddress };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((await client.GetFromJsonAsync<JsonNode>("faults", deadline))!["rules"]!.AsArray().Any(r => (int)r!["hits"]! == 0))
        {
            await timer.WaitForNextTickAsync(deadline);
        }
    }
}
