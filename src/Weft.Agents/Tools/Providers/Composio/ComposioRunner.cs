using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Failures;

namespace Weft.Agents.Tools.Providers.Composio;

/// <summary>Calls one of Composio's actions.</summary>
internal sealed class ComposioRunner(CatalogAction action, ComposioClient client, ComposioCatalog catalog, ComposioAccounts accounts)
    : IToolRunner
{
    /// <summary>Parts of a provider's text that mean: not now, rather than: no.</summary>
    private static readonly string[] Passing = ["rate limit", "ratelimit", "too many requests", "temporar", "timeout", "timed out",
        "service unavailable", "connection error", "try again"];

    private static readonly string[] Lasting = ["not found", "unauthorized", "forbidden", "invalid", "authentication", "authorization",
        "permission"];

    public ToolEffect EffectOf(JsonObject arguments) =>
        action.ReadOnly ? ToolEffect.Reads : action.Idempotent ? ToolEffect.Idempotent : ToolEffect.Writes;

    public async Task<ToolReply.Failed?> PrepareAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            await AccountAsync(attempt, cancellationToken);
            return null;
        }
        catch (ComposioException exception)
        {
            return new ToolReply.Failed(FailureOf(exception, action.Name), Certainty.NotDone);
        }
    }

    public async Task<ToolReply> RunAsync(ToolAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            var account = await AccountAsync(attempt, cancellationToken);
            try
            {
                return Reply(await client.ExecuteAsync(CallOf(action, attempt, account), attempt.Timeout, cancellationToken));
            }
            catch (ComposioException exception) when (exception.Kind is ComposioErrorKind.NotFound or ComposioErrorKind.Gone)
            {
                // Nothing was done. Composio may have renamed the action since the list was fetched.
                if (await RenamedAsync(cancellationToken) is not { } current)
                {
                    throw;
                }

                return Reply(await client.ExecuteAsync(CallOf(current, attempt, account), attempt.Timeout, cancellationToken));
            }
        }
        catch (ComposioException exception)
        {
            if (exception.Kind == ComposioErrorKind.NotConnected && attempt.EntityId is not null)
            {
                accounts.Forget(attempt.EntityId, action.App);
            }

            return new ToolReply.Failed(
                FailureOf(exception, action.Name), exception.MayHaveTakenEffect ? Certainty.Unknown : Certainty.NotDone);
        }
    }

    /// <summary>The failure as the orchestrators and models see it.</summary>
    internal static ToolFailure FailureOf(ComposioException exception, string tool)
    {
        var kind = exception.Kind switch
        {
            ComposioErrorKind.RateLimited => ToolFailureKind.RateLimited,
            ComposioErrorKind.NotConnected => ToolFailureKind.NotConnected,
            ComposioErrorKind.NotFound or ComposioErrorKind.Gone => ToolFailureKind.UnknownTool,
            ComposioErrorKind.BadRequest => ToolFailureKind.InvalidArguments,
            ComposioErrorKind.Forbidden or ComposioErrorKind.Conflict => ToolFailureKind.NotAllowed,
            ComposioErrorKind.Network => ToolFailureKind.Network,
            ComposioErrorKind.Timeout => ToolFailureKind.Timeout,
            ComposioErrorKind.NotConfigured or ComposioErrorKind.Unauthorized or ComposioErrorKind.NotImplemented =>
                ToolFailureKind.Unavailable,
            _ => ToolFailureKind.ServerError,
        };
        var details = new JsonObject { ["tool"] = tool, ["code"] = exception.Code };
        foreach (var (name, value) in new (string, JsonNode?)[] { ("http_status", exception.HttpStatus), ("api_code", exception.ApiCode),
            ("request_id", exception.RequestId) })
        {
            if (value is not null)
            {
                details[name] = value;
            }
        }

        return kind.Failure(exception.Message, exception.Transient) with
        {
            Details = details,
            RetryAfterMs = exception.RetryAfter is { } wait ? (long)Math.Ceiling(wait.TotalMilliseconds) : null,
        };
    }

    private async Task<string?> AccountAsync(ToolAttempt attempt, CancellationToken cancellationToken) =>
        action.RequiresAuth && attempt.EntityId is { } entity ? await accounts.FindAsync(entity, action.App, cancellationToken) : null;

    /// <summary>The action under its present slug or version; null: it is as we knew it, or Composio cannot be asked.</summary>
    private async Task<CatalogAction?> RenamedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await catalog.RefreshAsync(action.App, cancellationToken);
            var (current, _) = await catalog.FindAsync(action.App, action.Action, cancellationToken);
            return current is not null && (current.Tool.Slug != action.Tool.Slug || current.Tool.Version != action.Tool.Version) ? current
                : null;
        }
        catch (ComposioException)
        {
            return null;
        }
    }

    private static ComposioCall CallOf(CatalogAction action, ToolAttempt attempt, string? account)
    {
        var arguments = attempt.Arguments;
        if (action.Parameters["properties"] is JsonObject properties && properties.ContainsKey("idempotency_key")
            && !arguments.ContainsKey("idempotency_key"))
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
        var passes = Passing.Any(p => text.Contains(p, StringComparison.OrdinalIgnoreCase))
            && !Lasting.Any(l => text.Contains(l, StringComparison.OrdinalIgnoreCase));
        var details = new JsonObject { ["tool"] = action.Name };
        if (execution.LogId is not null)
        {
            details["log_id"] = execution.LogId;
        }

        if (execution.Data is JsonObject { Count: > 0 } data && data.ToJsonString() is { Length: < 2_000 })
        {
            details["data"] = data.DeepClone();
        }

        var message = $"{action.Name}: {text.Clip(1_000)}";
        return new ToolReply.Failed(
            ToolFailureKind.ProviderError.Failure(message, passes && action.Idempotent) with { Details = details }, Certainty.Answered,
            execution.LogId);
    }
}
