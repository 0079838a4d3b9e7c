using System.Text.Json.Nodes;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Agents.Tools.Composio;

/// <summary>Calls one of Composio's actions.</summary>
internal sealed class ComposioRunner(CatalogAction action, ComposioClient client, ComposioAccounts accounts) : IToolRunner
{
    /// <summary>Parts of a provider's text that mean: not now, rather than: no.</summary>
    private static readonly string[] Passing = ["rate limit", "ratelimit", "too many requests", "temporar", "timeout", "timed out", "service unavailable", "connection error", "try again"];

    private static readonly string[] Lasting = ["not found", "unauthorized", "forbidden", "invalid", "authentication", "authorization", "permission"];

    public ToolEffect EffectOf(JsonObject arguments) => action.ReadOnly ? ToolEffect.Reads : action.Idempotent ? ToolEffect.Idempotent : ToolEffect.Writes;

    public async Task<ToolReply> RunAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            var account = action.RequiresAuth && attempt.EntityId is { } entity ? await accounts.FindAsync(entity, action.App, cancellationToken) : null;
            return Reply(await client.ExecuteAsync(CallOf(attempt, account), attempt.Timeout, cancellationToken));
        }
        catch (ComposioException exception)
        {
            if (exception.Kind == ComposioErrorKind.NotConnected && attempt.EntityId is not null)
            {
                accounts.Forget(attempt.EntityId, action.App);
            }

            return new ToolReply.Failed(FailureOf(exception, action.Name), exception.MayHaveTakenEffect ? Certainty.Unknown : Certainty.NotDone);
        }
    }

    /// <summary>The failure as the orchestrators and models see it.</summary>
    internal static ToolFailure FailureOf(ComposioException exception, string tool)
    {
        var kind = exception.Kind switch
        {
            ComposioErrorKind.RateLimited => "rate_limited",
            ComposioErrorKind.NotConnected => "not_connected",
            ComposioErrorKind.NotFound or ComposioErrorKind.Gone => "unknown_tool",
            ComposioErrorKind.BadRequest => "invalid_arguments",
            ComposioErrorKind.Forbidden or ComposioErrorKind.Conflict => "refused",
            ComposioErrorKind.Network => "network",
            ComposioErrorKind.Timeout => "timeout",
            ComposioErrorKind.NotConfigured or ComposioErrorKind.Unauthorized or ComposioErrorKind.NotImplemented => "unavailable",
            _ => "server_error",
        };
        var details = new JsonObject { ["tool"] = tool, ["code"] = exception.Code };
        foreach (var (name, value) in new (string, JsonNode?)[] { ("http_status", exception.HttpStatus), ("api_code", exception.ApiCode), ("request_id", exception.RequestId) })
        {
            if (value is not null)
            {
                details[name] = value;
            }
        }

        return new ToolFailure(kind, exception.Message, exception.Transient)
        {
            Details = details,
            RetryAfterMs = exception.RetryAfter is { } wait ? (long)Math.Ceiling(wait.TotalMilliseconds) : null,
        };
    }

    private ComposioCall CallOf(ToolAttempt attempt, string? account)
    {
        var arguments = attempt.Arguments;
        if (action.Parameters["properties"] is JsonObject properties && properties.ContainsKey("idempotency_key") && !arguments.ContainsKey("idempotency_key"))
        {
            // The provider's own idempotency is the best there is.
            arguments = (JsonObject)arguments.DeepClone();
            arguments["idempotency_key"] = attempt.IdempotencyKey;
        }

        return new ComposioCall(action.Tool.Slug, arguments)
        {
            UserId = attempt.EntityId,
            ConnectedAccountId = account,
            Version = action.Tool.Version,
            IdempotencyKey = attempt.IdempotencyKey,
        };
    }

    private ToolReply Reply(ComposioExecution execution)
    {
        if (execution.Successful)
        {
            return new ToolReply.Answered(execution.Data, execution.LogId);
        }

        var text = execution.Error ?? "the provider gave no reason";
        var passes = Passing.Any(p => text.Contains(p, StringComparison.OrdinalIgnoreCase)) && !Lasting.Any(l => text.Contains(l, StringComparison.OrdinalIgnoreCase));
        var details = new JsonObject { ["tool"] = action.Name };
        if (execution.LogId is not null)
        {
            details["log_id"] = execution.LogId;
        }

        if (execution.Data is JsonObject { Count: > 0 } data && data.ToJsonString() is { Length: < 2_000 })
        {
            details["data"] = data.DeepClone();
        }

        var message = $"{action.Name}: {(text.Length > 1_000 ? text[..999] + "…" : text)}";
        return new ToolReply.Failed(
            new ToolFailure("provider_error", message, Retryable: passes && action.Idempotent) { Details = details }, Certainty.Answered, execution.LogId);
    }
}
