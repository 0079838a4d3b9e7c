using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Weft.Agents.Http;
using Weft.Agents.Json;
using Weft.Agents.Secrets;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools.Providers.Http;

/// <summary>
/// Calls an HTTP tool of a definition. The answer is <c>{status_code, data, headers}</c>; any other than 2xx is a failure that says it.
/// </summary>
internal sealed class HttpToolRunner(ToolDefinition tool, HttpToolServices services) : IToolRunner
{
    private const int MostRedirects = 5;

    private static readonly string[] HiddenHeaders = ["set-cookie", "authorization", "proxy-authorization", "www-authenticate",
        "proxy-authenticate"];

    private readonly bool _open = HttpToolSettings.IsOpen(tool);

    public ToolEffect EffectOf(JsonObject arguments)
    {
        var method = HttpToolRequest.MethodOf(HttpToolSettings.Of(tool.Config ?? []), _open, arguments);
        return method switch
        {
            "GET" or "HEAD" or "OPTIONS" => ToolEffect.Reads,
            "PUT" or "DELETE" => tool.Idempotent == false ? ToolEffect.Writes : ToolEffect.Idempotent,
            _ => tool.Idempotent == true ? ToolEffect.Idempotent : ToolEffect.Writes,
        };
    }

    public async Task<ToolReply> RunAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        HttpToolRequest request;
        try
        {
            request = HttpToolRequest.Build(HttpToolSettings.Of(attempt.Settings), _open, attempt.Arguments, attempt.IdempotencyKey);
        }
        catch (InvalidHttpCallException exception)
        {
            return new ToolReply.Failed(
                ToolFailureKind.InvalidArguments.Failure($"The tool '{tool.Id}' cannot make this call: {exception.Message}"),
                Certainty.NotDone);
        }

        using var limit = new CancellationTokenSource(attempt.Timeout, services.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return await SendAsync(request, attempt.Hiding, attempt.Timeout, both.Token, cancellationToken);
    }

    private async Task<ToolReply> SendAsync(
        HttpToolRequest request, SecretHiding hiding, TimeSpan timeout, CancellationToken limited, CancellationToken callers)
    {
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                using var message = MessageOf(request);
                using var response = await services.Clients.CreateClient(HttpToolServices.ClientName).SendAsync(
                    message, HttpCompletionOption.ResponseHeadersRead, limited);
                if (IsRedirect(response) && request.MayFollow && redirects < MostRedirects
                    && request.At(new Uri(request.Address, response.Headers.Location!)) is { } next) // IsRedirect says there is one
                {
                    request = next;
                    continue;
                }

                return await ReplyAsync(request, response, hiding, limited);
            }
        }
        catch (OperationCanceledException) when (!callers.IsCancellationRequested)
        {
            return new ToolReply.Failed(
                Failure(ToolFailureKind.Timeout, $"{Name(request)} was not answered within {timeout.TotalSeconds:0.#} s.", retryable: true),
                Certainty.Unknown);
        }
        catch (HttpRequestException exception)
        {
            var certainty = HttpHints.NothingWasSent(exception) ? Certainty.NotDone : Certainty.Unknown;
            return new ToolReply.Failed(
                Failure(ToolFailureKind.Network, $"{Name(request)} could not be made: {exception.Message}", retryable: true), certainty);
        }
        catch (IOException exception)
        {
            return new ToolReply.Failed(
                Failure(ToolFailureKind.Network, $"The answer to {Name(request)} broke off: {exception.Message}", retryable: true),
                Certainty.Unknown);
        }
    }

    private async Task<ToolReply> ReplyAsync(
        HttpToolRequest request, HttpResponseMessage response, SecretHiding hiding, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var (data, whole) = await DataOfAsync(response, cancellationToken);
        if (!whole)
        {
            return new ToolReply.Failed(
                Failure(ToolFailureKind.ProviderError,
                    $"The answer to {Name(request)} is larger than {services.Options.MaxResponseBytes} bytes "
                    + $"({ToolOptions.Section}:{nameof(ToolOptions.MaxResponseBytes)}). Ask for less.", retryable: false),
                Certainty.Answered);
        }

        if (response.IsSuccessStatusCode)
        {
            return new ToolReply.Answered(
                new JsonObject { ["status_code"] = status, ["data"] = data, ["headers"] = HeadersOf(response, hiding) });
        }

        // Before anything is cut: the half of a secret is not found any more.
        data = hiding.Hide(data);

        var retryAfter = HttpHints.RetryAfter(response.Headers, services.Time.GetUtcNow());
        var (kind, certainty, retryable) = status switch
        {
            429 => (ToolFailureKind.RateLimited, Certainty.NotDone, true),
            503 when retryAfter is not null => (ToolFailureKind.ServerError, Certainty.NotDone, true),
            401 or 403 => (ToolFailureKind.NotAllowed, Certainty.Answered, false),
            408 or 425 => (ToolFailureKind.Timeout, Certainty.Unknown, true),
            501 => (ToolFailureKind.ProviderError, Certainty.Answered, false),
            >= 500 => (ToolFailureKind.ServerError, Certainty.Unknown, true),
            _ => (ToolFailureKind.ProviderError, Certainty.Answered, false),
        };
        var advice = status is 401 or 403 ? " Check the credential in the tool's headers."
            : IsRedirect(response) ? " It redirects away from the tool's base address; correct config.base_url." : "";
        var about = data is JsonObject o
            ? o.Text("message") ?? o.Text("detail") ?? o.Text("title") ?? o.Text("error") ?? (o["error"] as JsonObject).Text("message")
            : data.Text();
        var failure = Failure(kind,
            $"{Name(request)} answered {status} "
            + $"{response.ReasonPhrase}{(string.IsNullOrWhiteSpace(about) ? "" : $": {about.Clip(500)}")}.{advice}", retryable);
        var details = (JsonObject)failure.Details!; // Failure makes it
        details["status_code"] = status;
        if (data is not null && data.ToJsonString(WeftJson.Options) is { Length: <= 4_000 })
        {
            details["data"] = data;
        }

        return new ToolReply.Failed(
            failure with { RetryAfterMs = retryAfter is { } wait ? (long)wait.TotalMilliseconds : null }, certainty);
    }

    private async Task<(JsonNode? Data, bool Whole)> DataOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        var textual = type.Length == 0 || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            || type.Contains("json", StringComparison.OrdinalIgnoreCase)
            || type.Contains("xml", StringComparison.OrdinalIgnoreCase) || type.Contains("javascript", StringComparison.OrdinalIgnoreCase)
            || type.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase);
        if (!textual)
        {
            var length = response.Content.Headers.ContentLength;
            return (new JsonObject { ["content_type"] = type, ["bytes"] = length, ["note"] = "The answer is no text and was not read." },
                true);
        }

        var (text, whole) = await HttpHints.ReadTextAsync(response.Content, services.Options.MaxResponseBytes, cancellationToken);
        return (text.Length == 0 ? null : LenientJson.Parse(text) ?? JsonValue.Create(text), whole);
    }

    private static HttpRequestMessage MessageOf(HttpToolRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), request.Address);
        if (request.Body is { } body)
        {
            message.Content = body.Text() is { } text && body is JsonValue
                ? new StringContent(text, Encoding.UTF8, "text/plain")
                : new StringContent(body.ToJsonString(WeftJson.Options), Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in request.Headers)
        {
            if (string.Equals(name, "content-type", StringComparison.OrdinalIgnoreCase))
            {
                message.Content?.Headers.Remove(name);
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
            else if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        if (message.Headers.UserAgent.Count == 0)
        {
            message.Headers.TryAddWithoutValidation("User-Agent", "weft");
        }

        return message;
    }

    private static JsonObject HeadersOf(HttpResponseMessage response, SecretHiding hiding) => new(
        response.Headers.Concat(response.Content.Headers).Where(h => !HiddenHeaders.Contains(h.Key.ToLowerInvariant())).Take(60)
            .Select(h => KeyValuePair.Create(h.Key.ToLowerInvariant(), (JsonNode?)hiding.Hide(string.Join(", ", h.Value)).Clip(1_000)))
            .DistinctBy(h => h.Key));

    private static bool IsRedirect(HttpResponseMessage response) => response.Headers.Location is not null && response.StatusCode
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
            or HttpStatusCode.PermanentRedirect;

    /// <summary>The call in a message: without its query, which may hold anything.</summary>
    private static string Name(HttpToolRequest request) => $"{request.Method} {request.Address.GetLeftPart(UriPartial.Path)}";

    private ToolFailure Failure(ToolFailureKind kind, string message, bool retryable) =>
        kind.Failure($"{tool.Id}: {message}", retryable) with { Details = new JsonObject { ["tool"] = tool.Id } };
}
