using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;

namespace Weft.Runtime.Triggers;

/// <summary>How a webhook's sender shows that a delivery is its own: the trigger's <c>verify: {strategy, secret, header}</c>.</summary>
/// <remarks>
/// hmac: hexadecimal SHA-256 over the body in <c>header</c> (default X-Signature); github: <c>X-Hub-Signature-256: sha256=hex</c>;
/// stripe: <c>Stripe-Signature: t=seconds,v1=hex</c> over <c>t.body</c>, at most 5 minutes old; weft: the same in <c>X-Weft-Signature</c>;
/// none. A strategy without a secret accepts nothing.
/// </remarks>
internal static class WebhookSignature
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private static readonly string[] Known = ["none", "hmac", "github", "stripe", "weft"];

    /// <summary>The header of the product's own signatures.</summary>
    public const string OwnHeader = "x-weft-signature";

    /// <summary>The strategy; none when the trigger has no <c>verify</c>.</summary>
    /// <exception cref="WeftException">Code <c>hook_not_configured</c>: there is no such strategy.</exception>
    public static string StrategyOf(TriggerDefinition trigger)
    {
        var strategy = trigger.Settings?["verify"] is JsonObject verify ? Webhooks.Text(verify, "strategy") ?? "hmac" : "none";
        return Known.Contains(strategy, StringComparer.Ordinal) ? strategy : throw new WeftException(
            "hook_not_configured", Fault.NotSetUp,
            $"The webhook '{trigger.Name}' is verified by '{strategy}', which is "
            + $"none.{NearMiss.HintOrList(strategy, Known, "Strategies")}");
    }

    /// <summary>The secret's template; null: the trigger names none, and its strategy looks for one by the hook's name.</summary>
    /// <exception cref="WeftException">Code <c>hook_not_configured</c>: the strategy needs one.</exception>
    public static string? SecretOf(TriggerDefinition trigger) =>
        trigger.Settings?["verify"] is JsonObject verify && Webhooks.Text(verify, "secret") is { } secret ? secret
        : StrategyOf(trigger) == "weft" ? null
        : throw new WeftException(
            "hook_not_configured", Fault.NotSetUp,
            $"The webhook '{trigger.Name}' is verified, and names no verify.secret. Write one that reads the environment.");

    /// <summary>Where the secret of a hook is looked for, when its trigger names none: in the vault, then in the configuration.</summary>
    public static IReadOnlyList<string> SecretNames(string slug) => [$"hooks/{slug}", $"Weft:Hooks:{slug}:Secret"];

    public static bool IsValid(TriggerDefinition trigger, WebhookDelivery delivery, string secret, DateTimeOffset now)
    {
        if (secret.Length == 0)
        {
            return false;
        }

        return StrategyOf(trigger) switch
        {
            "none" => true,
            "github" =>
                Header(delivery, "x-hub-signature-256") is { } github && github.StartsWith("sha256=", StringComparison.Ordinal)
                    && Matches(github["sha256=".Length..], secret, delivery.Body.Span),
            "stripe" => IsStripe(Header(delivery, "stripe-signature"), delivery, secret, now),
            "weft" => IsStripe(Header(delivery, OwnHeader), delivery, secret, now),
            _ => Header(delivery, HeaderOf(trigger)) is { } plain
                && Matches(plain.StartsWith("sha256=", StringComparison.Ordinal) ? plain["sha256=".Length..] : plain, secret,
                    delivery.Body.Span),
        };
    }

    private static bool IsStripe(string? header, WebhookDelivery delivery, string secret, DateTimeOffset now)
    {
        var parts =
            (header ?? "").Split(',', StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).ToList();
        var time = parts.FirstOrDefault(p => p[0] == "t")?[1] ?? "";
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Tolerance.TotalSeconds)
        {
            return false;
        }

        byte[] signed = [.. Encoding.UTF8.GetBytes(time + "."), .. delivery.Body.Span];
        return parts.Where(p => p[0] == "v1").Any(p => Matches(p[1], secret, signed));
    }

    private static bool Matches(string hex, string secret, ReadOnlySpan<byte> signed)
    {
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(hex.Trim().ToLowerInvariant()), Encoding.ASCII.GetBytes(expected));
    }

    private static string? Header(WebhookDelivery delivery, string name) => delivery.Headers.GetValueOrDefault(name);

    private static string HeaderOf(TriggerDefinition trigger) =>
        (trigger.Settings?["verify"] is JsonObject verify ? Webhooks.Text(verify, "header") : null)?.ToLowerInvariant() ?? "x-signature";
}
