using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using Weft.Agents.Http;
using Weft.Agents.Secrets;
using Weft.Language;
using Weft.Language.Schemas;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Composio's REST interface, version 3.1. The only class that knows its wire form.</summary>
/// <remarks>
/// Requests for data are repeated after 429, 5xx and network faults; an execution never is: whether it may be is its caller's knowledge.
/// All failures are <see cref="ComposioException"/>, free of the key. Safe for use by many callers at once.
/// </remarks>
internal sealed partial class ComposioClient(
    IHttpClientFactory clients, SecretSource secrets, IOptions<ComposioOptions> options, TimeProvider time)
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClientName = "composio";

    private const string KeyName = "COMPOSIO_API_KEY";
    private const string AddressName = "COMPOSIO_BASE_URL";

    private long _pausedUntilTicks;

    private ComposioOptions Options => options.Value;

    /// <summary>Whether there is a key to ask with. One that cannot be read counts: whoever asks is told why.</summary>
    public async Task<bool> IsConfiguredAsync(CancellationToken cancellationToken)
    {
        var values = await secrets.FindAsync([KeyName], cancellationToken);
        return values.Unreadable(KeyName) is not null || values[KeyName] is not null;
    }

    private async Task<JsonNode?> ReadAsync(string path, CancellationToken cancellationToken) =>
        (await RepeatAsync(HttpMethod.Get, path, null, null, cancellationToken)).Body;

    /// <summary>Asks for data, again after faults that pass.</summary>
    private async Task<Reply> RepeatAsync(HttpMethod method, string path, JsonNode? body, string? etag, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await WaitOutPauseAsync(cancellationToken);
                return await SendAsync(new Ask(method, path, body) { ETag = etag, Timeout = Options.ReadTimeout }, cancellationToken);
            }
            catch (ComposioException exception) when (exception.Transient && attempt < Options.ReadAttempts)
            {
                var backoff = RetryDelay.After(attempt, Options.ReadRetryDelay);
                var delay = exception.RetryAfter is { } asked && asked > backoff ? asked : backoff;
                if (delay > TimeSpan.FromMinutes(1))
                {
                    throw;
                }

                await Task.Delay(delay, time, cancellationToken);
            }
        }
    }

    /// <summary>Sends once.</summary>
    private async Task<Reply> SendAsync(Ask ask, CancellationToken cancellationToken)
    {
        var access = await secrets.FindAsync([KeyName, AddressName], cancellationToken);
        using var request = BuildRequest(ask, access);
        using var limit = new CancellationTokenSource(ask.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var what = $"{ask.Method} /{ask.Path.Split('?')[0]}";
        try
        {
            using var response =
                await clients.CreateClient(HttpClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var status = (int)response.StatusCode;
            if (response.StatusCode == HttpStatusCode.NotModified)
            {
                return new Reply(null, ask.ETag, NotModified: true);
            }

            var text = await ReadBodyAsync(response.Content, both.Token);
            if (response.IsSuccessStatusCode)
            {
                return new Reply(Parse(text, what, ask.Executes), response.Headers.ETag?.ToString(), NotModified: false);
            }

            var retryAfter = HttpHints.RetryAfter(response.Headers, time.GetUtcNow());
            if (status == 429)
            {
                Pause(retryAfter ?? TimeSpan.FromSeconds(5));
            }

            throw ComposioException.Of(status, retryAfter, text, what, access.Hiding.Hide);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ComposioException(
                ComposioErrorKind.Timeout, $"Composio did not answer {what} within {ask.Timeout.TotalSeconds:0.#} s.", exception)
            { MayHaveTakenEffect = true };
        }
        catch (HttpRequestException exception)
        {
            throw new ComposioException(
                ComposioErrorKind.Network,
                access.Hiding.Hide($"Composio could not be reached for {what} at {request.RequestUri!.Authority}: "
                    + $"{exception.Message.TrimEnd('.')}. Check COMPOSIO_BASE_URL and the network."), // BuildRequest set it
                exception)
            { MayHaveTakenEffect = !HttpHints.NothingWasSent(exception) };
        }
        catch (IOException exception)
        {
            throw new ComposioException(ComposioErrorKind.Network, $"Composio's answer to {what} broke off: {exception.Message}",
                exception) { MayHaveTakenEffect = true };
        }
    }

    private static HttpRequestMessage BuildRequest(Ask ask, SecretValues access)
    {
        if ((access.Unreadable(KeyName) ?? access.Unreadable(AddressName)) is { } fault)
        {
            throw new ComposioException(
                fault.Fault.Retryable ? ComposioErrorKind.Network : ComposioErrorKind.NotConfigured, fault.Message, fault);
        }

        if (access[KeyName] is not { } key)
        {
            throw new ComposioException(
                ComposioErrorKind.NotConfigured, "COMPOSIO_API_KEY is not set: tools of Composio need it. Set it, or run with --sandbox.");
        }

        var address = (access[AddressName] ?? ComposioOptions.DefaultBaseUrl).TrimEnd('/') + "/" + ask.Path;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new ComposioException(
                ComposioErrorKind.NotConfigured, "COMPOSIO_BASE_URL is no http or https address; it should end in /api/v3.1.");
        }

        var request = new HttpRequestMessage(ask.Method, uri);
        if (!request.Headers.TryAddWithoutValidation("x-api-key", key.Trim()))
        {
            throw new ComposioException(ComposioErrorKind.NotConfigured, "COMPOSIO_API_KEY holds characters that no header may hold.");
        }

        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (ask.ETag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ask.ETag);
        }

        if (ask.IdempotencyKey is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", ask.IdempotencyKey);
        }

        if (ask.Body is not null)
        {
            request.Content = new StringContent(ask.Body.ToJsonString(WeftJson.Options), Encoding.UTF8, "application/json");
        }

        return request;
    }

    private async Task<string> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var (text, whole) = await HttpHints.ReadTextAsync(content, Options.MaxResponseBytes, cancellationToken);
        return whole ? text : throw new ComposioException(
            ComposioErrorKind.BadReply,
            $"Composio's answer is larger than {Options.MaxResponseBytes} bytes ({ComposioOptions.Section}:MaxResponseBytes). Ask for "
            + $"less: a limit, or fewer fields.")
        { MayHaveTakenEffect = true };
    }

    private static JsonNode? Parse(string text, string what, bool executes)
    {
        if (string.IsNullOrWhiteSpace(text) && !executes)
        {
            return null;
        }

        return LenientJson.Parse(text)
            ?? throw new ComposioException(
                ComposioErrorKind.BadReply, $"Composio's answer to {what} is no JSON.") { MayHaveTakenEffect = true };
    }

    private void Pause(TimeSpan wait) => Interlocked.Exchange(ref _pausedUntilTicks, (time.GetUtcNow() + wait).UtcTicks);

    /// <summary>How long Composio asked to be left alone, from now.</summary>
    private TimeSpan PauseLeft() => TimeSpan.FromTicks(Math.Max(0, Interlocked.Read(ref _pausedUntilTicks) - time.GetUtcNow().UtcTicks));

    private async Task WaitOutPauseAsync(CancellationToken cancellationToken)
    {
        var left = PauseLeft();
        if (left > TimeSpan.FromMinutes(1))
        {
            throw RateLimited(left);
        }

        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left + TimeSpan.FromMilliseconds(Random.Shared.Next(0, 100)), time, cancellationToken);
        }
    }

    private static ComposioException RateLimited(TimeSpan left) =>
        new(ComposioErrorKind.RateLimited,
            $"Composio asked to be left alone for another {left.TotalSeconds:0.#} s (429).") { RetryAfter = left };

    private sealed record Ask(HttpMethod Method, string Path, JsonNode? Body)
    {
        public string? ETag { get; init; }

        public string? IdempotencyKey { get; init; }

        public bool Executes { get; init; }

        public TimeSpan Timeout { get; init; }
    }

    private sealed record Reply(JsonNode? Body, string? ETag, bool NotModified);
}
