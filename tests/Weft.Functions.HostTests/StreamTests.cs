using System.Text.Json.Nodes;
using Weft.EndToEnd.Harness;
using Weft.Functions.HostTests.Harness;
using static Weft.EndToEnd.Harness.Texts;

namespace Weft.Functions.HostTests;

/// <summary>Events of an execution come while it runs, through the host.</summary>
[Collection(EmulatorCollection.Name)]
public sealed class StreamTests(HostFixture fixture) : IClassFixture<HostFixture>, IDisposable
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));

    [Fact]
    public async Task Events_OfAnExecutionThatRuns_ComeAsTheyHappenAndGoOnAfterALostConnection()
    {
        var host = fixture.Host;
        var id = await host.StartExecutionAsync("approval", Json("""{"order_id":"12345","amount":80}"""), null, _deadline.Token);

        var seen = await host.EventsAsync(id, null, e => e.Type == "waiting", _deadline.Token);
        await host.PostAsync(
            $"executions/{id}/signals", Json("""{"signal_name":"ask_manager","data":{"choice":"reject"}}"""), _deadline.Token);
        var rest = await host.EventsAsync(id, seen[^1].Id, e => e.Type == "end", _deadline.Token);

        Assert.Contains(seen, e => e.Type == "node" && NodeOf(e) == "needs_approval");
        string[] ended = ["ask_manager", "decide", "declined"];
        Assert.Equal(ended, rest.Where(e => e.Type == "node").Select(NodeOf).Where(n => ended.Contains(n)));
        Assert.Equal("completed", (string?)JsonNode.Parse(rest[^1].Data)!["status"]);
    }

    private static string NodeOf(ServerEvent happened) => (string)JsonNode.Parse(happened.Data)!["node_id"]!;

    public void Dispose() => _deadline.Dispose();
}
