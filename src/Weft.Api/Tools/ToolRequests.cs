using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weft.Agents.Tools;
using Weft.Agents.Workflows;
using Weft.Api.Problems;
using Weft.Api.Requests;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Api.Tools;

/// <summary>What <c>POST /composio/connect/{app}</c> takes, in the query or the body.</summary>
/// <param name="EntityId">Whose account it will be.</param>
/// <param name="RedirectUrl">Where the browser goes afterwards; absent: a page of this server.</param>
/// <param name="ConnectionData">What the app asks for besides, such as a shop's subdomain.</param>
public sealed record ConnectRequest(string EntityId, string? RedirectUrl, JsonObject? ConnectionData)
{
    internal static ConnectRequest Read(RequestBody body, IQueryCollection query)
    {
        var entity = body.Text("entity_id", longest: 250) ?? query.Text("entity_id", 250);
        var request = new ConnectRequest(entity ?? "", body.Text("redirect_url") ?? query.Text("redirect_url"), body.Object("connection_data"));
        if (request.EntityId.Length == 0)
        {
            body.Fault("$.entity_id", "is missing: it says whose account is connected");
        }

        body.Check();
        return request;
    }
}

/// <summary>Where a user goes to consent.</summary>
public sealed record ConnectAnswer(string AuthorizationUrl, string ConnectionId, DateTime? ExpiresAt);

/// <summary>The body of <c>POST /composio/actions/{app}/{action}/execute</c>.</summary>
/// <param name="Params">The arguments.</param>
/// <param name="EntityId">Whose account is used.</param>
/// <param name="TimeoutMs">The time limit, 1 to 600,000.</param>
public sealed record ExecuteActionRequest(JsonObject Params, string? EntityId, int? TimeoutMs)
{
    internal static ExecuteActionRequest Read(RequestBody body)
    {
        var request = new ExecuteActionRequest(
            body.Object("params") ?? body.Object("arguments") ?? [], body.Text("entity_id", longest: 250) ?? body.Text("user_id", longest: 250), body.Integer("timeout_ms", 1, 600_000));
        body.Check();
        return request;
    }
}

/// <summary>The body of <c>POST /tools/select</c>.</summary>
/// <param name="UserIntent">What somebody wants done, in words.</param>
/// <param name="UserId">Whose history and connections count.</param>
/// <param name="Tools">The tools to choose from, as specs; empty: all that are known.</param>
/// <param name="Alternatives">How many more are answered, 0 to 20.</param>
public sealed record SelectToolRequest(string UserIntent, string? UserId, IReadOnlyList<string> Tools, int? Alternatives)
{
    internal static SelectToolRequest Read(RequestBody body)
    {
        var request = new SelectToolRequest(
            body.Text("user_intent", required: true, longest: 4000) ?? "", body.Text("user_id", longest: 250), body.Texts("tools"), body.Integer("alternatives", 0, 20));
        body.Check();
        return request;
    }
}

/// <summary>The body of <c>POST /tools/suggest</c>.</summary>
public sealed record SuggestToolsRequest(string Query, string? UserId, int? Limit)
{
    internal static SuggestToolsRequest Read(RequestBody body)
    {
        var request = new SuggestToolsRequest(
            body.Text("query") ?? body.Text("user_query") ?? "", body.Text("user_id", longest: 250), body.Integer("limit", 1, 50));
        if (request.Query.Length == 0)
        {
            body.Fault("$.query", "is missing");
        }

        body.Check();
        return request;
    }
}

/// <summary>Reads a batch of calls.</summary>
internal static class BatchReading
{
    public static BatchRequest Read(RequestBody body)
    {
        var actions = body.List("actions", required: true).Select((item, i) => One(body, item, i)).OfType<DirectCall>().ToList();
        var batch = new BatchRequest
        {
            Actions = actions,
            UserId = body.Text("user_id", longest: 250) ?? body.Text("entity_id", longest: 250),
            Parallel = body.Flag("parallel"),
            StopOnError = body.Flag("stop_on_error"),
            MaxConcurrent = body.Integer("max_concurrent", 1, 32) ?? 3,
        };
        body.Check();
        return batch;
    }

    // {tool} or the seeds' {app_name, action_name}; the arguments as params or arguments.
    private static DirectCall? One(RequestBody body, JsonNode? item, int place)
    {
        if (item is not JsonObject action)
        {
            body.Fault($"$.actions[{place}]", "must be an object");
            return null;
        }

        var tool = Text(action, "tool") ?? (Text(action, "app_name") is { } app && Text(action, "action_name") is { } name ? $"{app}.{name}" : null);
        if (tool is null)
        {
            body.Fault($"$.actions[{place}].tool", "is missing: write 'app.action'");
            return null;
        }

        var arguments = action["params"] ?? action["arguments"];
        if (arguments is not (null or JsonObject))
        {
            body.Fault($"$.actions[{place}].params", "must be an object");
        }

        return new DirectCall
        {
            Tool = tool,
            Params = arguments?.DeepClone() as JsonObject ?? [],
            EntityId = Text(action, "entity_id") ?? Text(action, "user_id"),
            IdempotencyKey = null,
        };
    }

    private static string? Text(JsonObject action, string name) =>
        action[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}

/// <summary>Which failed tool calls are the caller's, and so a problem; the others are answers.</summary>
internal static class ToolProblems
{
    public static ApiException? Of(ToolFailure failure)
    {
        var status = failure.Kind switch
        {
            "unknown_tool" => 404,
            "invalid_arguments" => 422,
            "not_connected" => 409,
            "refused" => 403,
            "rate_limited" => 429,
            "unavailable" => 503,
            _ => 0,
        };
        return status == 0 ? null : new ApiException(status, failure.Kind, failure.Message)
        {
            Faults = [.. (failure.Details?["faults"] as JsonArray ?? []).Select(f => new InputFault("$.params", f?.ToString() ?? ""))],
            RetryAfterSeconds = status is 429 or 503 ? (int)Math.Ceiling((failure.RetryAfterMs ?? 1_000) / 1000.0) : null,
        };
    }
}
