using System.Net;

namespace Weft.Agents.Models.Providers;

/// <summary>The way to the providers: one pool of connections for all of them, each answer read whole and bounded.</summary>
/// <remarks>A request is sent once. Every failure has one form, whichever provider it comes from. Safe for concurrent use.</remarks>
internal sealed class ProviderHttp(TimeSpan connectTimeout, long maxReplyBytes, TimeProvider time) : IDisposable
{
    // A call's time is its caller's: the client itself waits for ever.
    private readonly HttpClient _http = new(Handler(connectTimeout)) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Sends a request and reads the answer to its end.</summary>
    /// <returns>The body of an answer that is a success.</returns>
    /// <exception cref="WireFailureException">There was no answer, it was cut off or too large, or its status is no success.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<byte[]> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await AnswerAsync(request, cancellationToken);
        var body = await ReadWholeAsync(response, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return body;
        }

        var error = ErrorBody.Parse(body);
        var status = (int)response.StatusCode;
        throw error.Failure(status, $"HTTP {status}", RetryHints.Find(response.Headers, error, time.GetUtcNow()));
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            // What was said by then goes no further: a proxy's text may hold anything.
            throw new WireFailureException(WireStage.Connect, Words(exception), exception);
        }
        catch (OperationCanceledException exception)
            when (exception.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            // Only connecting has a time of its own here. Nothing was sent yet, and nothing is billed.
            throw new WireFailureException(WireStage.Connect, $"no connection within {connectTimeout.TotalSeconds:0.#} s", exception);
        }
    }

    private async Task<byte[]> ReadWholeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(maxReplyBytes, cancellationToken);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (Exception exception) when (IsBroken(exception) && !cancellationToken.IsCancellationRequested)
        {
            var tooLarge = exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };
            var what = tooLarge ? $"the reply is larger than {maxReplyBytes:N0} bytes" : "the reply was cut off before its end";
            throw new WireFailureException(WireStage.Reply, what, exception) { Status = (int)response.StatusCode };
        }
    }

    private static SocketsHttpHandler Handler(TimeSpan connectTimeout) => new()
    {
        ConnectTimeout = connectTimeout,

        // A provider that moves behind its name is followed within minutes.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        AutomaticDecompression = DecompressionMethods.All,

        // A redirect would carry the key to another address, and a cookie would tell calls with one key from those with another.
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    // InvalidDataException: what was compressed is no longer.
    private static bool IsBroken(Exception exception) => exception is HttpRequestException or IOException or InvalidDataException;

    private static string Words(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its host name cannot be resolved",
        HttpRequestError.ConnectionError => "it cannot be connected to",
        HttpRequestError.SecureConnectionError => "its certificate or TLS settings are refused",
        HttpRequestError.ProxyTunnelError => "the proxy refuses the way to it",
        HttpRequestError.ResponseEnded => "it closed the connection without an answer",
        _ => "the connection to it failed",
    };
}
