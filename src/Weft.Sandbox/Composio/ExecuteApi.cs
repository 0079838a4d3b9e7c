using System.Text.Json.Nodes;
using Weft.Sandbox.Brain;
using Weft.Sandbox.Composio.Connections;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Composio;

/// <summary>Executes tools on the simulated apps.</summary>
internal sealed class ExecuteApi(SandboxWorld world, ComposioDialect dialect, ConnectionsApi connections)
{
    private const string Answers = "idempotent_answers";
    private const int DigestChars = 2048;

    public WireResponse Execute(Exchange exchange)
    {
        var slug = exchange.Tool!;
        var given = exchange.Body.Obj("arguments");
        exchange.Request = new JsonObject { ["user_id"] = exchange.Body.Str("user_id") ?? exchange.Body.Str("entity_id"), ["arguments"] = Shown(given) };
        exchange.IdempotencyKey ??= exchange.Body.Str("idempotency_key") ?? given.Str("idempotency_key");
        if (world.Catalog.Find(slug) is not { } tool)
        {
            return dialect.Error(ToolsApi.NotFound(slug));
        }

        var version = exchange.Body.Str("version");
        if (ToolsApi.IsGone(tool, version) || !ToolActions.Has(slug))
        {
            return dialect.Error(ToolsApi.Gone(tool));
        }

        if (!ToolsApi.Exists(tool, version))
        {
            return dialect.Error(new WireError(404, $"Toolkit {tool.Toolkit.Slug} has no version {version}. Versions: {string.Join(", ", tool.Toolkit.AvailableVersions)}") { Type = "Tool_ToolNotFound" });
        }

        if (given is not null == exchange.Body.Str("text") is not null)
        {
            return dialect.Error(new WireError(400, "Exactly one of 'arguments' and 'text' is required"));
        }

        var arguments = given is null ? FromText(tool, exchange.Body.Str("text")!) : (JsonObject)given.DeepClone();
        arguments.Remove("idempotency_key");
        if (Fault(tool, arguments) is { } fault)
        {
            return dialect.Error(new WireError(400, "Invalid request data provided: " + fault) { Type = "ActionExecute_InvalidArguments" });
        }

        lock (world.State.Gate)
        {
            var (user, refusal) = connections.Caller(exchange, tool);
            if (refusal is not null)
            {
                return dialect.Error(refusal);
            }

            if (exchange.IdempotencyKey is { } key && world.State.Find<JsonObject>(Answers, $"{slug}/{key}") is { } earlier)
            {
                return Respond(earlier).With("x-idempotent-replay", "true");
            }

            var answer = Run(tool, arguments, user, exchange);
            if (exchange.IdempotencyKey is { } fresh && !tool.IsReadOnly && answer.Bool("successful") == true)
            {
                world.State.Put(Answers, $"{slug}/{fresh}", answer);
            }

            return Respond(answer);
        }
    }

    /// <summary>Fills arguments from natural language, and runs nothing.</summary>
    public WireResponse FillInput(Exchange exchange) => world.Catalog.Find(exchange.Tool!) is { } tool
        ? WireResponse.Of(new JsonObject { ["arguments"] = FromText(tool, exchange.Body.Str("text") ?? string.Empty), ["error"] = null })
        : dialect.Error(ToolsApi.NotFound(exchange.Tool!));

    private JsonObject Run(ToolInfo tool, JsonObject arguments, string user, Exchange exchange)
    {
        var call = new ActionCall(world.State, arguments, user, world.Clock.GetUtcNow(), exchange.BaseAddress);
        var result = ToolActions.Run(tool.Slug, call);
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
        foreach (var (name, value) in tool.InputParameters.Obj("properties") ?? [])
        {
            if (value is JsonObject property && SchemaDocument.TypesOf(property) is ["string"] && arguments.Get(name) is JsonValue scalar && scalar.AsText() is null)
            {
                arguments[name] = scalar.AsScalarText();
            }
        }

        var missing = SchemaDocument.RequiredOf(tool.InputParameters).Where(name => !arguments.ContainsKey(name)).ToList();
        return missing.Count > 0
            ? $"Following fields are missing: {{{string.Join(", ", missing.Select(name => $"'{name}'"))}}}"
            : new SchemaCheck(document).Fault(tool.InputParameters, arguments);
    }

    private JsonObject FromText(ToolInfo tool, string text)
    {
        var request = new ModelRequest { Provider = "composio", Model = "arguments", Turns = [new Turn(Speaker.User, text)] };
        var facts = Facts.From(request);
        return new ArgumentAuthor(facts, new ToolTask(facts, world.Clock), new ToolSpec(tool.Slug, tool.Description, tool.InputParameters), text).Write();
    }

    private static JsonNode? Shown(JsonNode? value)
    {
        var text = SandboxJson.Text(value);
        return text.Length <= DigestChars ? value?.DeepClone() : JsonValue.Create(Digest.Clip(text, DigestChars));
    }
}
