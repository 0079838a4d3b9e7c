using System.Net;

namespace Weft.Functions.HostTests.Harness;

/// <summary>Reads once more while a worker is on its way down or up: the host answers 500 then, in plain text.</summary>
internal sealed class LostWorkerHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method != HttpMethod.Get || answer.StatusCode != HttpStatusCode.InternalServerError
                || answer.Content.Headers.ContentType is not null)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
