namespace Weft.EndToEnd.Harness;

/// <summary>Follows executions by their stream of events.</summary>
internal static class ServerEvents
{
    /// <summary>Reads events up to the first that is wanted, then leaves.</summary>
    public static async Task<List<ServerEvent>> EventsAsync(
        this ApiClient server, string executionId, string? lastEventId, Func<ServerEvent, bool> wanted, CancellationToken deadline)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"executions/{executionId}/events", UriKind.Relative));
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        using var response = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(deadline));
        var events = new List<ServerEvent>();
        var (id, type, data) = ("", "", "");
        while (await reader.ReadLineAsync(deadline) is { } line)
        {
            switch (line.Split(": ", 2))
            {
                case ["id", var value]:
                    id = value;
                    break;
                case ["event", var value]:
                    type = value;
                    break;
                case ["data", var value]:
                    data = value;
                    break;
                case [""]:
                    events.Add(new ServerEvent(id, type, data));
                    if (wanted(events[^1]))
                    {
                        return events;
                    }

                    break;
                default:
                    break;
            }
        }

        throw new EndOfStreamException(
            $"The stream of {executionId} ended before the event that was waited for: {string.Join(", ", events)}");
    }
}
