using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio.Webhooks;

/// <summary>Sends an event as the service would: signed, in one of three forms, as often as a test wants, and spoilt if it wants that.</summary>
/// <remarks>
/// <c>POST /webhooks/send</c> takes <c>url</c> and <c>secret</c> (default: every subscription's), <c>version</c>, <c>trigger_slug</c>, <c>data</c>,
/// <c>user_id</c>, <c>id</c>, <c>attempts</c> (default 1, all with one id) and <c>spoil</c> (<c>signature</c> or <c>timestamp</c>), and answers the statuses it got.
/// </remarks>
internal sealed class WebhookSender(SandboxWorld world, HttpClient http)
{
    private static readonly TimeSpan TooOld = TimeSpan.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder endpoints, SandboxWorld world)
    {
        var sender = new WebhookSender(world, world.Http);
        endpoints.MapPost("/webhooks/send", sender.ServeAsync);
    }

    private async Task ServeAsync(HttpContext context)
    {
        var exchange = await Exchange.ReadAsync(context, context.RequestAborted);
        var deliveries = new JsonArray();
        foreach (var target in Targets(exchange.Body))
        {
            var id = exchange.Body.Str("id") ?? Digest.Id("msg_", $"{exchange.BodyText}/{world.Clock.GetUtcNow().UtcTicks}", 16);
            for (var attempt = 1; attempt <= Math.Clamp(exchange.Body.Int("attempts") ?? 1, 1, 10); attempt++)
            {
                deliveries.Add(await SendAsync(target, exchange.Body, id, attempt, context.RequestAborted));
            }
        }

        context.Response.StatusCode = deliveries.Count == 0 ? 400 : 200;
        context.Response.ContentType = WireResponse.Json;
        var answer = deliveries.Count == 0
            ? new JsonObject { ["error"] = "Nowhere to send to: give url and secret, or make a subscription first." }
            : new JsonObject { ["deliveries"] = deliveries };
        await context.Response.WriteAsync(SandboxJson.Text(answer), context.RequestAborted);
    }

    private IReadOnlyList<WebhookSubscription> Targets(JsonNode? body)
    {
        if (body.Str("url") is { } url)
        {
            return [new WebhookSubscription("ws_direct", url, [], body.Str("version") ?? "V3", body.Str("secret") ?? string.Empty)];
        }

        lock (world.State.Gate)
        {
            return world.State.All<WebhookSubscription>(WebhookSubscription.Table);
        }
    }

    private async Task<JsonNode> SendAsync(WebhookSubscription target, JsonNode? body, string id, int attempt, CancellationToken cancellationToken)
    {
        var spoil = body.Str("spoil");
        var version = body.Str("version") ?? target.Version;
        var moment = world.Clock.GetUtcNow() - (spoil == "timestamp" ? TooOld : TimeSpan.Zero);
        var timestamp = moment.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var payload = SandboxJson.Text(Payload(version, body, id, moment));
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new StringContent(payload, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("webhook-signature", Sign(spoil == "signature" ? target.Secret + "?" : target.Secret, id, timestamp, payload));
        request.Headers.Add("x-composio-webhook-version", version);
        request.Headers.Add("x-composio-delivery-attempt", attempt.ToString(CultureInfo.InvariantCulture));
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return new JsonObject { ["webhook_id"] = id, ["attempt"] = attempt, ["status"] = (int)response.StatusCode };
        }
        catch (HttpRequestException error)
        {
            return new JsonObject { ["webhook_id"] = id, ["attempt"] = attempt, ["status"] = 0, ["error"] = error.Message };
        }
    }

    /// <summary>The key is the secret's bytes as they are; the signed text is id, timestamp and body, joined by dots.</summary>
    private static string Sign(string secret, string id, string timestamp, string payload) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{payload}")));

    private static JsonObject Payload(string version, JsonNode? body, string id, DateTimeOffset moment)
    {
        var slug = body.Str("trigger_slug") ?? "GITHUB_COMMIT_EVENT";
        var user = body.Str("user_id") ?? "user_123";
        var data = body.Obj("data")?.DeepClone() as JsonObject ?? new JsonObject { ["id"] = "abc123", ["message"] = "Fix", ["author"] = "ana" };
        var time = moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        switch (version)
        {
            case "V1":
                return new JsonObject { ["trigger_name"] = slug.ToLowerInvariant(), ["connection_id"] = Digest.Uuid("connection").ToString(), ["trigger_id"] = Digest.Uuid(slug).ToString(), ["payload"] = data, ["log_id"] = Digest.Id("log_", id, 12) };
            case "V2":
                data["connection_nano_id"] = "ca_1";
                data["trigger_nano_id"] = "ti_1";
                data["user_id"] = user;
                return new JsonObject { ["type"] = slug.ToLowerInvariant(), ["timestamp"] = time, ["log_id"] = Digest.Id("log_", id, 12), ["data"] = data };
            default:
                return new JsonObject
                {
                    ["id"] = id,
                    ["type"] = body.Str("type") ?? "composio.trigger.message",
                    ["timestamp"] = time,
                    ["metadata"] = new JsonObject { ["log_id"] = Digest.Id("log_", id, 12), ["trigger_slug"] = slug, ["trigger_id"] = "ti_1", ["connected_account_id"] = "ca_1", ["auth_config_id"] = "ac_1", ["user_id"] = user },
                    ["data"] = data,
                };
        }
    }
}
