using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Script;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Anthropic;

/// <summary>Anthropic's API under <c>/anthropic</c>.</summary>
internal sealed class AnthropicEndpoints(ModelService models, AnthropicDialect dialect)
{
    private const string Root = "/anthropic/v1";

    private static readonly string[] Listed =
    [
        "claude-fable-5-1", "claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-4-8",
        "claude-sonnet-4-6", "claude-sonnet-4-5", "claude-haiku-4-5", "claude-3-haiku-20240307",
    ];

    public static void Map(IEndpointRouteBuilder endpoints, ModelService models, WirePipeline pipeline)
    {
        var dialect = new AnthropicDialect(models.Clock);
        var api = new AnthropicEndpoints(models, dialect);
        endpoints.MapPost(Root + "/messages", pipeline.Serve(dialect, api.Messages));
        endpoints.MapPost(Root + "/messages/count_tokens", pipeline.Serve(dialect, api.CountTokens));
        endpoints.MapGet(Root + "/models", pipeline.Serve(dialect, _ => api.Models()));
        endpoints.MapGet(Root + "/models/{model}", pipeline.Serve(dialect, exchange => api.Model(exchange.Route("model"))));
        endpoints.Map("/anthropic/{**rest}", pipeline.Serve(dialect, _ => dialect.Error(new WireError(404, "Not found"))));
    }

    private WireResponse Messages(Exchange exchange)
    {
        var version = exchange.Http.Request.Headers["anthropic-version"].ToString();
        var (request, error) = MessagesRequest.Read(exchange.Body, version, models.Tokens);
        if (request is null)
        {
            return dialect.Error(error!); // There is one where there is no request.
        }

        var stream = exchange.Body.Bool("stream") == true;
        exchange.Request = ReplyDigest.Of(request, stream);
        if (NotFound(request.Model) is { } notFound)
        {
            return notFound;
        }

        if (!stream && exchange.Fault is { Kind: FaultKind.StreamError } fault)
        {
            return dialect.Error(new WireError(529, fault.Message ?? "Overloaded"));
        }

        var reply = models.Model.Answer(request, exchange.Fault);
        var response = new MessagesResponse(request, reply, exchange.BodyText, UsageOf(exchange.Body, request, reply));
        return stream ? response.Stream(exchange.Fault) : response.Whole();
    }

    private MessagesUsage UsageOf(JsonNode? body, ModelRequest request, ModelReply reply)
    {
        var (prompt, output) = (models.Tokens.OfPrompt(request), models.Tokens.OfReply(request.Model, reply));
        var prefix = MessagesRequest.CachedPrefix(body);
        var cached = prefix is null ? 0 : models.Tokens.Of(request.Model, prefix);
        if (cached < PromptCache.MinTokens)
        {
            return new MessagesUsage(prompt, 0, 0, output);
        }

        cached = Math.Min(cached, prompt - 1);
        var hit = models.PromptCache.Hit($"{request.Model}\n{prefix}");
        return new MessagesUsage(prompt - cached, hit ? 0 : cached, hit ? cached : 0, output);
    }

    private WireResponse CountTokens(Exchange exchange)
    {
        if (exchange.Body is JsonObject body)
        {
            body["max_tokens"] = 1;
        }

        var (request, error) = MessagesRequest.Read(exchange.Body, string.Empty, models.Tokens);
        return request is null
            ? dialect.Error(error!) // As above.
            : WireResponse.Of(new JsonObject { ["input_tokens"] = models.Tokens.OfPrompt(request) });
    }

    private WireResponse Models()
    {
        var names = models.Names.Count > 0 ? models.Names : Listed;
        return WireResponse.Of(new JsonObject
        {
            ["data"] = new JsonArray([.. names.Select(ModelItem)]),
            ["has_more"] = false,
            ["first_id"] = names[0],
            ["last_id"] = names[^1],
        });
    }

    private WireResponse Model(string name) => NotFound(name) ?? WireResponse.Of(ModelItem(name));

    private static JsonObject ModelItem(string name) =>
        new() { ["type"] = "model", ["id"] = name, ["display_name"] = name, ["created_at"] = "2026-01-01T00:00:00Z" };

    private WireResponse? NotFound(string model) => models.Has(model) ? null : dialect.Error(new WireError(404, $"model: {model}"));
}
