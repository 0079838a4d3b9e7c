using System.Text;
using System.Text.Json.Nodes;
using Weft.Agents.Secrets;
using Weft.Agents.Tools.Providers.Composio;
using Weft.Language;

namespace Weft.Runtime.Triggers;

/// <summary>
/// Takes Composio's deliveries: an account that no longer works is noted, and a trigger's event starts the workflows with a signal trigger
/// of its name.
/// </summary>
public sealed class ComposioHooks(WorkflowTriggers triggers, ComposioConnections connections, SecretSource secrets, TimeProvider clock)
{
    /// <summary>The setting with the subscription's secret.</summary>
    public const string SecretName = "COMPOSIO_WEBHOOK_SECRET";

    /// <summary>Takes one delivery.</summary>
    /// <param name="delivery">The delivery; its slug is of no interest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The event, and what it started.</returns>
    /// <exception cref="WeftException">Codes <c>hook_not_configured</c>, <c>hook_not_signed</c>, <c>invalid_hook_payload</c>.</exception>
    public async Task<WebhookOutcome> ReceiveAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var found = await secrets.FindAsync([SecretName], cancellationToken);
        if (found[SecretName] is not { } secret)
        {
            throw new WeftException(
                "hook_not_configured", Fault.NotSetUp,
                $"Composio's deliveries can't be told from others': {SecretName} is not set. Set it to the secret of the webhook "
                + $"subscription.");
        }

        var id = delivery.Headers.GetValueOrDefault("webhook-id", "");
        if (!ComposioWebhook.Verify(
            secret, id, delivery.Headers.GetValueOrDefault("webhook-timestamp", ""), delivery.Body.Span,
            delivery.Headers.GetValueOrDefault("webhook-signature", ""), clock.GetUtcNow()))
        {
            throw new WeftException(
                "hook_not_signed", Fault.Unauthenticated,
                "The delivery is not signed by Composio with the secret that is set here, or too long ago.");
        }

        if (ComposioWebhook.Read(id, Encoding.UTF8.GetString(delivery.Body.Span)) is not { } happened)
        {
            throw new WeftException("invalid_hook_payload", Fault.Malformed, "The delivery is none of the forms that Composio sends.");
        }

        if (happened is { AccountExpired: true, ConnectedAccountId: { } account })
        {
            await connections.ExpiredAsync(account, "Composio reports that it expired", cancellationToken);
            return new WebhookOutcome(happened.Type, []);
        }

        var triggered = await triggers.FindAsync("signal", happened.Type, StringComparison.OrdinalIgnoreCase, cancellationToken);
        var context = new JsonObject
        {
            ["hook"] = "composio",
            ["event"] = happened.Type,
            ["entity_id"] = happened.UserId,
            ["connection_id"] = happened.ConnectedAccountId,
        };
        var origin = new TriggerOrigin("hook", happened.Id.Length > 0 ? "composio:" + happened.Id : null, context);
        return new WebhookOutcome(happened.Type, await triggers.StartAsync(triggered, happened.Data, origin, cancellationToken));
    }
}
