using System.Net;

namespace Weft.Functions.HostTests.Harness;

/// <summary>
/// Asks once more while a worker is on its way down or up: the host answers 500 then, in plain text, or breaks off an answer that has
/// begun. Only what may be repeated is, as clients do: reads, and what carries a key by which the API knows it.
/// </summary>
internal sealed class LostWorkerHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var mayRepeat = request.Method == HttpMethod.Get || request.Headers.Contains("Idempotency-Key");
        while (true)
        {
            if (await TrySendAsync(request, mayRepeat, cancellationToken) is { } answer)
            {
                return answer;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage?> TrySendAsync(
        HttpRequestMessage request, bool mayRepeat, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var type = answer.Content.Headers.ContentType?.MediaType;
            if (!mayRepeat || type == "text/event-stream")
            {
                return answer;
            }

            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            if (answer.StatusCode != HttpStatusCode.InternalServerError || type is not null)
            {
                return answer;
            }

            answer.Dispose();
            return null;
        }
        catch (HttpRequestException lost) when (mayRepeat && lost.HttpRequestError == HttpRequestError.ResponseEnded)
        {
            return null;
        }
    }
}
