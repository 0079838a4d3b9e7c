using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Agents.Secrets;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Syntax;
using Weft.Language.Expressions.Values;
using Weft.Language.Schemas;
using Weft.Runtime.Executions;

namespace Weft.Runtime.Triggers;

/// <summary>Takes deliveries of webhooks, and starts the workflows whose trigger they are.</summary>
/// <remarks>
/// Settings of a webhook trigger: <c>slug</c>; <c>verify</c> (<see cref="WebhookSignature"/>); <c>events</c>: <c>{name, filter, input,
/// schema}</c>, of which the first with a true filter (an expression over payload, headers, query) counts, and whose <c>input</c> templates
/// make the workflow's input; <c>dedupe</c>: <c>{key}</c>, a path into the payload. Without events, every delivery starts the workflow with
/// its payload.
/// </remarks>
public sealed class Webhooks(WorkflowTriggers triggers, SecretSource secrets, TimeProvider clock)
{
    /// <summary>Whether the deliveries of a hook are signed; else whoever sends one must be let in by a key of the server's.</summary>
    /// <exception cref="WeftException">Code <c>hook_not_found</c>.</exception>
    public async Task<bool> IsSignedAsync(string slug, CancellationToken cancellationToken) =>
        (await FindAsync(slug, cancellationToken)).All(t => WebhookSignature.StrategyOf(t.Trigger) != "none");

    /// <summary>Takes one delivery.</summary>
    /// <exception cref="WeftException">Codes <c>hook_not_found</c>, <c>hook_not_signed</c>, <c>invalid_hook_payload</c>,
    /// <c>invalid_input</c>, and those of templates.</exception>
    public async Task<WebhookOutcome> ReceiveAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var triggered = await FindAsync(delivery.Slug, cancellationToken);
        foreach (var workflow in triggered)
        {
            await VerifyAsync(workflow, delivery, cancellationToken);
        }

        var payload = Parse(delivery.Body);
        var executions = new List<StartedExecution>();
        string? happened = null;
        foreach (var workflow in triggered)
        {
            if (Match(workflow, delivery, payload) is not { } match)
            {
                continue;
            }

            happened = match.Event;
            var key = KeyOf(workflow.Trigger, delivery, payload);
            var context = new JsonObject { ["hook"] = delivery.Slug, ["event"] = match.Event };
            var origin = new TriggerOrigin(
                "hook", key is null ? null : "hook:" + RecordKeys.Digest($"{delivery.Slug}\n{match.Event}\n{key}"), context);
            executions.AddRange(await triggers.StartAsync([workflow], match.Input, origin, cancellationToken));
        }

        return new WebhookOutcome(happened, executions);
    }

    private async Task<IReadOnlyList<TriggeredWorkflow>> FindAsync(string slug, CancellationToken cancellationToken)
    {
        var found = await triggers.FindAsync("webhook", slug, StringComparison.Ordinal, cancellationToken);
        return found.Count > 0 ? found : throw new WeftException(
            "hook_not_found", Fault.NotFound, $"No registered workflow has a webhook trigger '{slug}'.");
    }

    private async Task VerifyAsync(TriggeredWorkflow workflow, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (WebhookSignature.StrategyOf(workflow.Trigger) == "none")
        {
            return;
        }

        var secret = await SecretAsync(workflow, delivery.Slug, cancellationToken);
        if (!WebhookSignature.IsValid(workflow.Trigger, delivery, secret, clock.GetUtcNow()))
        {
            throw new WeftException(
                "hook_not_signed", Fault.Unauthenticated,
                $"The delivery to '{delivery.Slug}' is not signed as its trigger wants "
                + $"({WebhookSignature.StrategyOf(workflow.Trigger)}), or too long ago.");
        }
    }

    private async Task<string> SecretAsync(TriggeredWorkflow workflow, string slug, CancellationToken cancellationToken)
    {
        if (WebhookSignature.SecretOf(workflow.Trigger) is { } template)
        {
            var marked = SecretSource.Mark(template);
            return (await secrets.FindAsync(SecretPlaceholders.Names(marked), workflow.Definition.Env, null, cancellationToken)).Put(marked)
                ?? "";
        }

        var places = WebhookSignature.SecretNames(slug);
        var found = await secrets.FindAsync(places, cancellationToken);
        return places.Select(p => found[p]).FirstOrDefault(s => s is not null) ?? throw new WeftException(
            "hook_not_configured", Fault.NotSetUp,
            $"The webhook '{slug}' has no secret. Put one into the vault as '{places[0]}', or set {places[1]}.");
    }

    private static JsonNode? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : JsonNode.Parse(body.Span, documentOptions: new JsonDocumentOptions { MaxDepth = 128 });
        }
        catch (JsonException)
        {
            throw new WeftException("invalid_hook_payload", Fault.Malformed, "The delivery's body is not valid JSON.");
        }
    }

    private static (string? Event, JsonNode? Input)? Match(TriggeredWorkflow workflow, WebhookDelivery delivery, JsonNode? payload)
    {
        if (workflow.Trigger.Settings?["events"] is not JsonArray { Count: > 0 } events)
        {
            return (null, payload);
        }

        var values = new JsonObject
        {
            ["payload"] = payload?.DeepClone(),
            ["headers"] = new JsonObject(delivery.Headers.Select(h => KeyValuePair.Create(h.Key.ToLowerInvariant(), (JsonNode?)h.Value))),
            ["query"] = new JsonObject(delivery.Query.Select(q => KeyValuePair.Create(q.Key, (JsonNode?)q.Value))),
        };
        var scope = ExpressionScope.Of(values);
        foreach (var candidate in events.OfType<JsonObject>())
        {
            if (Text(candidate, "filter") is { } filter && !Holds(filter, scope))
            {
                continue;
            }

            var input =
                candidate["input"] is { } template ? TemplateTree.Parse(template).Evaluate(scope, TemplateOptions.Lenient).Value : payload;
            Check(workflow, candidate, input);
            return (Text(candidate, "name"), input);
        }

        return null;
    }

    // A filter that asks for what the payload does not have is not met.
    private static bool Holds(string filter, ExpressionScope scope)
    {
        try
        {
            return CompiledCondition.Parse("expr", filter).Evaluate(scope);
        }
        catch (TemplateException missing) when (missing.Code == TemplateErrorCodes.UnknownPath)
        {
            return false;
        }
    }

    private static void Check(TriggeredWorkflow workflow, JsonObject candidate, JsonNode? input)
    {
        if (candidate["schema"] is not JsonObject schema)
        {
            return;
        }

        var faults = JsonSchemaValidator.Validate(schema, input, x => workflow.Definition.Schemas.GetValueOrDefault(x));
        if (faults.Count > 0)
        {
            throw new InvalidInputException(
                "invalid_input",
                Fault.Invalid,
                $"The delivery does not fit the schema of the event '{Text(candidate, "name")}' of the hook '{workflow.Trigger.Name}'.",
                [.. faults.Select(f => new InputFault("$" + f.Path.Replace('/', '.'), f.Message))]);
        }
    }

    private static string? KeyOf(TriggerDefinition trigger, WebhookDelivery delivery, JsonNode? payload)
    {
        var rule = trigger.Settings?["dedupe"] as JsonObject;
        if (rule?["enabled"] is JsonValue enabled && enabled.TryGetValue<bool>(out var isOn) && !isOn)
        {
            return null;
        }

        if (rule is not null && Text(rule, "key") is { } path)
        {
            var found = path.TrimStart('$', '.').Split('.').Aggregate(payload, (node, name) => (node as JsonObject)?[name]);
            return found?.ToJsonString(WeftJson.Options);
        }

        return delivery.Headers.GetValueOrDefault("x-idempotency-key") ?? delivery.Headers.GetValueOrDefault("idempotency-key")
            ?? delivery.Headers.GetValueOrDefault("x-weft-delivery") ?? delivery.Headers.GetValueOrDefault("x-github-delivery")

            // One that was caught on its way and sent again bears the same signature.
            ?? delivery.Headers.GetValueOrDefault(WebhookSignature.OwnHeader) ?? delivery.Headers.GetValueOrDefault("stripe-signature");
    }

    internal static string? Text(JsonObject node, string name) =>
        node[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
