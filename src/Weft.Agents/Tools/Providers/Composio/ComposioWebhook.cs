using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Loading;
using Weft.Language.Schemas;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Checks and reads Composio's webhook deliveries.</summary>
public static class ComposioWebhook
{
    /// <summary>How far a delivery's clock may be off.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether a delivery is Composio's: HMAC-SHA256 over <c>{webhook-id}.{webhook-timestamp}.{raw body}</c> with the secret's own bytes.
    /// </summary>
    /// <param name="secret">The subscription's secret, as it was given.</param>
    /// <param name="id">The header <c>webhook-id</c>.</param>
    /// <param name="timestamp">The header <c>webhook-timestamp</c>: Unix seconds.</param>
    /// <param name="body">The body as it came.</param>
    /// <param name="signatures">The header <c>webhook-signature</c>: <c>v1,base64</c>, several apart by spaces.</param>
    /// <param name="now">The time.</param>
    public static bool Verify(string secret, string id, string timestamp, ReadOnlySpan<byte> body, string signatures, DateTimeOffset now)
    {
        if (secret.Length == 0 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        var given = new byte[expected.Length];
        return signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(part =>
            part.StartsWith("v1,", StringComparison.Ordinal) && Convert.TryFromBase64String(part[3..], given, out var length)
            && length == expected.Length && CryptographicOperations.FixedTimeEquals(given, expected));
    }

    /// <summary>Reads a delivery; null when it is none.</summary>
    /// <param name="id">The header <c>webhook-id</c>, for the forms that carry none of their own.</param>
    /// <param name="body">The body.</param>
    public static ComposioEvent? Read(string id, string body)
    {
        if (LenientJson.Parse(body) is not JsonObject root)
        {
            return null;
        }

        // The third form names its metadata; the second its type; the first its trigger.
        if (root.Object("metadata") is { } metadata && root.Text("type") is { } type)
        {
            var data = root.Object("data") ?? [];
            var slug = metadata.Text("trigger_slug");
            return new ComposioEvent(
                root.Text("id") ?? id, type == "composio.trigger.message" && slug is not null ? slug.ToUpperInvariant() : type, Copy(data))
            {
                TriggerId = metadata.Text("trigger_id"),
                ConnectedAccountId = metadata.Text("connected_account_id")
                    ?? (type.StartsWith("composio.connected_account", StringComparison.Ordinal) ? data.Text("id")
                        : data.Text("connected_account_id")),
                UserId = metadata.Text("user_id") ?? data.Text("user_id"),
            };
        }

        if (root.Text("type") is { } second && root.Object("data") is { } payload)
        {
            return new ComposioEvent(id, second.ToUpperInvariant(), Copy(payload))
            {
                TriggerId = payload.Text("trigger_nano_id") ?? payload.Text("trigger_id"),
                ConnectedAccountId = payload.Text("connection_nano_id") ?? payload.Text("connection_id"),
                UserId = payload.Text("user_id"),
            };
        }

        return root.Text("trigger_name") is { } trigger
            ? new ComposioEvent(id, trigger.ToUpperInvariant(), Copy(root.Object("payload") ?? []))
            {
                TriggerId = root.Text("trigger_id"),
                ConnectedAccountId = root.Text("connection_id"),
            }
            : null;
    }

    private static JsonObject Copy(JsonObject node) => (JsonObject)node.DeepClone();
}
