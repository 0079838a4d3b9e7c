namespace Weft.Agents.Models.Providers;

/// <summary>Stands between the providers' packages and the wire: reads each answer whole and bounded, and turns what is no success into one exception.</summary>
/// <remarks>So every provider fails in the same form, headers and body at hand, whatever its package makes of errors.</remarks>
internal sealed class ReplyHandler(HttpMessageHandler inner, long maxReplyBytes, TimeProvider time) : DelegatingHandler(inner)
{
    private const string AnthropicVersion = "anthropic-version";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        KeepOneVersion(request);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            // What was said by then goes no further: a proxy's text may hold anything.
            throw new WireFailureException(WireStage.Connect, Words(exception), exception);
        }

        try
        {
            await ReadWholeAsync(response, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw await FailureAsync(response, cancellationToken);
            }

            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private async Task ReadWholeAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(maxReplyBytes, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or InvalidDataException && !cancellationToken.IsCancellationRequested)
        {
            var tooLarge = exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded };
            throw new WireFailureException(
                WireStage.Reply,
                tooLarge ? $"the reply is larger than {maxReplyBytes:N0} bytes" : "the reply was cut off before its end",
                exception)
            { Status = (int)response.StatusCode };
        }
    }

    private async Task<WireFailureException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = ErrorBody.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return new WireFailureException(WireStage.Status, $"HTTP {(int)response.StatusCode}")
        {
            Status = (int)response.StatusCode,
            Words = body.Words,
            Detail = body.Detail,
            RetryAfter = RetryHints.Find(response.Headers, body, time.GetUtcNow()),
        };
    }

    // The package sends its own version beside the one that a request asks for; the last one counts.
    private static void KeepOneVersion(HttpRequestMessage request)
    {
        if (request.Headers.TryGetValues(AnthropicVersion, out var values)
            && string.Join(',', values).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 1 } versions)
        {
            request.Headers.Remove(AnthropicVersion);
            request.Headers.TryAddWithoutValidation(AnthropicVersion, versions[^1]);
        }
    }

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
