using System.Text.Json.Nodes;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Json;
using Weft.Sandbox.Knowledge;
using Weft.Sandbox.Sample;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Executes tools on the simulated apps.</summary>
internal sealed class ExecuteApi(AppService apps, ComposioDialect dialect, ConnectionsApi connections)
{
    private const string Answers = "idempotent_answers";
    private const int DigestChars = 2048;

    public WireResponse Execute(Exchange exchange)
    {
        var slug = exchange.Route("tool_slug");
        var (given, text) = (exchange.Body.Obj("arguments"), exchange.Body.Str("text"));
        var asking = exchange.Body.Str("user_id") ?? exchange.Body.Str("entity_id");
        exchange.Request = new JsonObject { ["user_id"] = asking, ["arguments"] = Shown(given) };
        exchange.IdempotencyKey ??= exchange.Body.Str("idempotency_key") ?? given.Str("idempotency_key");
        if (apps.Catalog.Find(slug) is not { } tool)
        {
            return dialect.Error(ToolsApi.NotFound(slug));
        }

        var version = exchange.Body.Str("version");
        if (ToolsApi.IsGone(tool, version) || tool.Action is null)
        {
            return dialect.Error(ToolsApi.Gone(tool));
        }

        if (!ToolsApi.Exists(tool, version))
        {
            var versions = string.Join(", ", tool.Toolkit.Versions);
            var message = $"Toolkit {tool.Toolkit.Slug} has no version {version}. Versions: {versions}";
            return dialect.Error(new WireError(404, message) { Type = "Tool_ToolNotFound" });
        }

        if (given is null == text is null)
        {
            return dialect.Error(new WireError(400, "Exactly one of 'arguments' and 'text' is required"));
        }

        var arguments = given?.DeepClone() as JsonObject ?? FromText(tool, text ?? string.Empty);
        arguments.Remove("idempotency_key");
        if (Fault(tool, arguments) is { } fault)
        {
            return dialect.Error(new WireError(400, "Invalid request data provided: " + fault) { Type = "ActionExecute_InvalidArguments" });
        }

        lock (apps.State.Gate)
        {
            var (user, refusal) = connections.Caller(exchange, tool);
            if (refusal is not null)
            {
                return dialect.Error(refusal);
            }

            if (exchange.IdempotencyKey is { } key && apps.State.Find<JsonObject>(Answers, $"{slug}/{key}") is { } earlier)
            {
                return Respond(earlier).With("x-idempotent-replay", "true");
            }

            var answer = Run(tool, tool.Action, arguments, user, exchange);
            if (exchange.IdempotencyKey is { } fresh && !tool.IsReadOnly && answer.Bool("successful") == true)
            {
                apps.State.Put(Answers, $"{slug}/{fresh}", answer);
            }

            return Respond(answer);
        }
    }

    private JsonObject Run(ToolInfo tool, JsonArray action, JsonObject arguments, string user, Exchange exchange)
    {
        var result = new ActionRun(apps.State, arguments, user, apps.Clock.GetUtcNow(), exchange.BaseAddress).Run(action);
        return new JsonObject
        {
            ["data"] = result.Data,
            ["error"] = result.Error,
            ["successful"] = result.Error is null,
            ["session_info"] = null,
            ["log_id"] = Digest.Id("log_", $"{tool.Slug}/{exchange.BodyText}/{exchange.IdempotencyKey}", 12),
        };
    }

    private static WireResponse Respond(JsonObject answer) => WireResponse.Of(answer.DeepClone()) with
    {
        Digest = answer.Bool("successful") == true
            ? new JsonObject { ["data"] = Shown(answer.Get("data")) }
            : new JsonObject { ["provider_error"] = answer.Str("error") },
    };

    /// <summary>Missing, null or ill-typed arguments, as the service words them; numbers where text belongs are taken as text.</summary>
    private static string? Fault(ToolInfo tool, JsonObject arguments)
    {
        foreach (var empty in arguments.Where(argument => argument.Value is null).Select(argument => argument.Key).ToList())
        {
            arguments.Remove(empty);
        }

        var document = new SchemaDocument(tool.InputParameters);
        foreach (var (name, property) in tool.InputParameters.Obj("properties") ?? [])
        {
            if (property.Str("type") == "string" && arguments.Get(name).AsScalarText() is { } scalar)
            {
                arguments[name] = scalar;
            }
        }

        var missing = SchemaDocument.RequiredOf(tool.InputParameters).Where(name => !arguments.ContainsKey(name)).ToList();
        return missing.Count > 0
            ? $"Following fields are missing: {{{string.Join(", ", missing.Select(name => $"'{name}'"))}}}"
            : new SchemaCheck(document).Fault(tool.InputParameters, arguments);
    }

    private static JsonObject FromText(ToolInfo tool, string text)
    {
        var request = new ModelRequest { Provider = "composio", Model = "arguments", Turns = [new Turn(Speaker.User, text)] };
        return new SchemaSampler(new SchemaDocument(tool.InputParameters), new Values(request, [])).Arguments([]);
    }

    private static JsonNode? Shown(JsonNode? value)
    {
        var text = SandboxJson.Text(value);
        return text.Length <= DigestChars ? value?.DeepClone() : JsonValue.Create(Digest.Clip(text, DigestChars));
    }
}
