using System.Net;

namespace Weft.Api.Tests;

public sealed class EventStreamTests(SharedApiHost shared) : IClassFixture<SharedApiHost>
{
    private ApiHost Host => shared.Host;

    [Fact]
    public async Task Events_OfARunningExecution_ArriveWhileItRunsAndEndWithIt()
    {
        var id = await Host.StartExecutionAsync("wait");
        await Host.AwaitStatusAsync(id, "running");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var response =
            await Host.Client.GetAsync($"executions/{id}/events", HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(deadline.Token));
        var first = await ReadEventAsync(reader, deadline.Token);

        await Host.PostAsync($"executions/{id}/signals", """{"signal_name": "go"}""");
        var rest = new List<(string Id, string Type, string Data)>();
        while (rest.Count == 0 || rest[^1].Type != "end")
        {
            rest.Add(await ReadEventAsync(reader, deadline.Token));
        }

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains(first.Type, new[] { "waiting", "status" });
        Assert.Equal(2, rest.Count(e => e.Type == "node"));
        Assert.Contains("\"completed\"", rest[^1].Data);
        Assert.Null(await reader.ReadLineAsync(deadline.Token));
    }

    [Fact]
    public async Task Events_AfterTheEnd_TellEveryNodeAndTheEnd()
    {
        var id = await Host.StartExecutionAsync("echo");
        await Host.AwaitStatusAsync(id, "completed");

        var all = await Host.GetAsync($"executions/{id}/events");

        Assert.Equal(2, Occurrences(all.Text, "event: node"));
        Assert.Equal(1, Occurrences(all.Text, "event: end"));
    }

    [Fact]
    public async Task Events_AfterTheLastOneSeen_DoNotTellItsNodesAgain()
    {
        var id = await Host.StartExecutionAsync("echo");
        await Host.AwaitStatusAsync(id, "completed");
        var all = await Host.GetAsync($"executions/{id}/events");
        var last = long.Parse(all.Text.Split('\n').Last(l => l.StartsWith("id: ", StringComparison.Ordinal))[4..]);

        var rest = await Host.GetAsync($"executions/{id}/events", ("Last-Event-ID", (last + 1).ToString()));

        Assert.Equal(0, Occurrences(rest.Text, "event: node"));
        Assert.Equal(1, Occurrences(rest.Text, "event: end"));
    }

    [Fact]
    public async Task Events_OfAnExecutionThatIsCancelled_EndWithTheCancellation()
    {
        var id = await Host.StartExecutionAsync("wait");
        await Host.AwaitStatusAsync(id, "running");
        var watching = Host.GetAsync($"executions/{id}/events");

        await Host.PostAsync($"executions/{id}/cancel");

        var text = (await watching).Text;
        Assert.Equal(1, Occurrences(text, "event: end"));
        Assert.Contains("\"cancelled\"", text);
    }

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    private static async Task<(string Id, string Type, string Data)> ReadEventAsync(
        StreamReader reader, CancellationToken cancellationToken)
    {
        var (id, type, data) = ("", "", "");
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length == 0 && type.Length > 0)
            {
                return (id, type, data);
            }

            id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
            type = line.StartsWith("event: ", StringComparison.Ordinal) ? line[7..] : type;
            data = line.StartsWith("data: ", StringComparison.Ordinal) ? line[6..] : data;
        }

        throw new EndOfStreamException("The stream ended in the middle of an event.");
    }
}
