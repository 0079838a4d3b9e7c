using System.Text.Json.Nodes;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio.Webhooks;

internal sealed record WebhookSubscription(string Id, string Url, IReadOnlyList<string> EnabledEvents, string Version, string Secret)
{
    public const string Table = "webhook_subscriptions";
}

/// <summary>Where events are sent. The secret is shown when it is made, and never again.</summary>
internal sealed class WebhooksApi(SandboxWorld world, ComposioDialect dialect)
{
    private static readonly string[] Versions = ["V1", "V2", "V3"];

    private SandboxState State => world.State;

    public WireResponse List(Exchange exchange)
    {
        lock (State.Gate)
        {
            return Pages.Of(exchange, [.. State.All<WebhookSubscription>(WebhookSubscription.Table).Select(subscription => (JsonNode)View(subscription, withSecret: false))], standardLimit: 20, maxLimit: 100);
        }
    }

    public WireResponse Get(Exchange exchange) => OnSubscription(exchange, subscription => WireResponse.Of(View(subscription, withSecret: false)));

    public WireResponse Create(Exchange exchange)
    {
        if (!Uri.TryCreate(exchange.Body.Str("webhook_url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return dialect.Error(new WireError(400, "webhook_url must be an absolute http or https address"));
        }

        var version = exchange.Body.Str("version") ?? "V3";
        if (!Versions.Contains(version))
        {
            return dialect.Error(new WireError(400, "version must be V1, V2 or V3"));
        }

        lock (State.Gate)
        {
            var number = State.Count(WebhookSubscription.Table);
            var subscription = new WebhookSubscription(
                Digest.Id("ws_", $"{url}/{number}", 12), url.AbsoluteUri,
                [.. (exchange.Body.Arr("enabled_events") ?? ["composio.trigger.message"]).Select(name => name.AsText()).OfType<string>()], version, NewSecret($"{url}/{number}/1"));
            State.Put(WebhookSubscription.Table, subscription.Id, subscription);
            return WireResponse.Of(View(subscription, withSecret: true), 201);
        }
    }

    public WireResponse Patch(Exchange exchange) => OnSubscription(exchange, subscription => Save(subscription with
    {
        Url = exchange.Body.Str("webhook_url") ?? subscription.Url,
        Version = exchange.Body.Str("version") is { } version && Versions.Contains(version) ? version : subscription.Version,
    }, withSecret: false));

    public WireResponse Delete(Exchange exchange) => OnSubscription(exchange, subscription =>
    {
        State.Remove(WebhookSubscription.Table, subscription.Id);
        return WireResponse.Of(new JsonObject { ["success"] = true });
    });

    public WireResponse Rotate(Exchange exchange) => OnSubscription(exchange, subscription => Save(subscription with { Secret = NewSecret(subscription.Secret) }, withSecret: true));

    private WireResponse Save(WebhookSubscription subscription, bool withSecret)
    {
        State.Put(WebhookSubscription.Table, subscription.Id, subscription);
        return WireResponse.Of(View(subscription, withSecret));
    }

    private WireResponse OnSubscription(Exchange exchange, Func<WebhookSubscription, WireResponse> action)
    {
        lock (State.Gate)
        {
            return State.Find<WebhookSubscription>(WebhookSubscription.Table, exchange.Route("id")) is { } subscription
                ? action(subscription)
                : dialect.Error(new WireError(404, $"Webhook subscription {exchange.Route("id")} not found"));
        }
    }

    private static string NewSecret(string seed) => "whsec_" + Digest.Hex("webhook/" + seed)[..32];

    private static JsonObject View(WebhookSubscription subscription, bool withSecret)
    {
        var view = new JsonObject
        {
            ["id"] = subscription.Id,
            ["webhook_url"] = subscription.Url,
            ["enabled_events"] = new JsonArray([.. subscription.EnabledEvents.Select(name => (JsonNode)name)]),
            ["version"] = subscription.Version,
        };
        if (withSecret)
        {
            view["secret"] = subscription.Secret;
        }

        return view;
    }
}
