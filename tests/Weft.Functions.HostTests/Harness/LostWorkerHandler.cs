using System.Net;

namespace Weft.Functions.HostTests.Harness;

/// <summary>
/// Asks once more while a worker is on its way down or up: the host answers 500 then, in plain text. Only what may be repeated is, as
/// clients do: reads, and what carries a key by which the API knows it.
/// </summary>
internal sealed class LostWorkerHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            var mayRepeat = request.Method == HttpMethod.Get || request.Headers.Contains("Idempotency-Key");
            if (!mayRepeat || answer.StatusCode != HttpStatusCode.InternalServerError
                || answer.Content.Headers.ContentType is not null)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
