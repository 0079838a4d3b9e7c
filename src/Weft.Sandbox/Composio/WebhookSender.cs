using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Sends an event as the service would: signed, in one of three forms, as often as asked, and spoilt if asked.</summary>
/// <remarks>
/// <c>POST /webhooks/send</c> takes <c>url</c>, <c>secret</c>, <c>version</c> (default V3), <c>trigger_slug</c>, <c>data</c>,
/// <c>user_id</c>, <c>id</c>, <c>attempts</c> (default 1, all with one id) and <c>spoil</c> (<c>signature</c> or <c>timestamp</c>), and
/// answers the statuses that it got.
/// </remarks>
internal sealed class WebhookSender(HttpClient http, TimeProvider clock)
{
    private const int MostAttempts = 10;
    private static readonly TimeSpan TooOld = TimeSpan.FromMinutes(10);

    public async Task ServeAsync(HttpContext context)
    {
        var exchange = await Exchange.ReadAsync(context, context.RequestAborted);
        var id = exchange.Body.Str("id") ?? Digest.Id("msg_", $"{exchange.BodyText}/{clock.GetUtcNow().UtcTicks}", 16);
        var deliveries = new JsonArray();
        if (exchange.Body.Str("url") is { } url)
        {
            for (var attempt = 1; attempt <= Math.Clamp(exchange.Body.Int("attempts") ?? 1, 1, MostAttempts); attempt++)
            {
                deliveries.Add(await SendAsync(url, exchange.Body, id, attempt, context.RequestAborted));
            }
        }

        context.Response.StatusCode = deliveries.Count == 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
        context.Response.ContentType = WireResponse.Json;
        var answer = deliveries.Count == 0
            ? new JsonObject { ["error"] = "Nowhere to send to: give url and secret." }
            : new JsonObject { ["deliveries"] = deliveries };
        await context.Response.WriteAsync(SandboxJson.Text(answer), context.RequestAborted);
    }

    private async Task<JsonNode> SendAsync(string url, JsonNode? body, string id, int attempt, CancellationToken cancellationToken)
    {
        var (spoil, version) = (body.Str("spoil"), body.Str("version") ?? "V3");
        var moment = clock.GetUtcNow() - (spoil == "timestamp" ? TooOld : TimeSpan.Zero);
        var timestamp = moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var payload = SandboxJson.Text(Payload(version, body, id, moment));
        var secret = body.Str("secret") + (spoil == "signature" ? "?" : string.Empty);
        using var content = new StringContent(payload, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", Sign(secret, $"{id}.{timestamp}.{payload}"));
        request.Headers.Add("x-composio-webhook-version", version);
        request.Headers.Add("x-composio-delivery-attempt", attempt.ToString(CultureInfo.InvariantCulture));
        var delivery = new JsonObject { ["webhook_id"] = id, ["attempt"] = attempt };
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            delivery["status"] = (int)response.StatusCode;
        }
        catch (HttpRequestException error)
        {
            delivery["status"] = 0;
            delivery["error"] = error.Message;
        }

        return delivery;
    }

    /// <summary>The key is the secret's bytes as they are.</summary>
    private static string Sign(string secret, string signed) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)));

    private static JsonObject Payload(string version, JsonNode? body, string id, DateTimeOffset moment)
    {
        var slug = body.Str("trigger_slug") ?? "GITHUB_COMMIT_EVENT";
        return Views.Of($"webhook_{version}", new JsonObject
        {
            ["id"] = id,
            ["slug"] = slug,
            ["trigger"] = slug.ToLowerInvariant(),
            ["type"] = body.Str("type"),
            ["user"] = body.Str("user_id"),
            ["time"] = moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["log_id"] = Digest.Id("log_", id, 12),
            ["data"] = body.Get("data")?.DeepClone() ?? new JsonObject { ["id"] = "abc123", ["message"] = "Fix", ["author"] = "ana" },
        });
    }
}
