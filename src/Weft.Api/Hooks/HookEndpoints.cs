using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Weft.Api.Requests;
using Weft.Api.Security;
using Weft.Runtime.Triggers;

namespace Weft.Api.Hooks;

/// <summary>Where other systems deliver what happened. A signed hook needs no key of ours: its sender has none.</summary>
internal static class HookEndpoints
{
    public static void MapHooks(this IEndpointRouteBuilder api)
    {
        var hooks = api.MapGroup("/hooks").WithTags("Hooks").WithMetadata(new OpenToAll());
        hooks.MapPost("/composio", ComposioAsync).WithSummary("Takes Composio's deliveries.");
        hooks.MapPost("/{name}", ReceiveAsync).WithSummary("Takes the deliveries of a workflow's webhook trigger.");
    }

    private static async Task<Results<Accepted<HookAnswer>, Ok<HookAnswer>>> ReceiveAsync(
        string name, HttpContext context, Webhooks webhooks, AccessCheck access, CancellationToken cancellationToken)
    {
        if (!await webhooks.IsSignedAsync(name, cancellationToken))
        {
            access.Require(context, Scopes.Execute);
        }

        return Answer(await webhooks.ReceiveAsync(await DeliveryAsync(name, context), cancellationToken));
    }

    private static async Task<Results<Accepted<HookAnswer>, Ok<HookAnswer>>> ComposioAsync(
        HttpContext context, ComposioHooks composio, CancellationToken cancellationToken) =>
        Answer(await composio.ReceiveAsync(await DeliveryAsync("composio", context), cancellationToken));

    private static Results<Accepted<HookAnswer>, Ok<HookAnswer>> Answer(WebhookOutcome outcome)
    {
        var accepted = outcome.Executions.Count > 0;
        var answer =
            new HookAnswer(accepted ? "accepted" : "no_matching_event", outcome.Event, [.. outcome.Executions.Select(e => e.ExecutionId)]);
        return accepted ? TypedResults.Accepted((string?)null, answer) : TypedResults.Ok(answer);
    }

    private static async Task<WebhookDelivery> DeliveryAsync(string name, HttpContext context) => new(
        name,
        await RequestText.ReadBytesAsync(context),
        context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        context.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal));
}
