using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Weft.Sandbox.Brain;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.Anthropic;

/// <summary>Anthropic's API under <c>/anthropic</c>.</summary>
internal sealed class AnthropicEndpoints(SandboxWorld world, AnthropicDialect dialect)
{
    private static readonly string[] Listed =
    [
        "claude-fable-5-1", "claude-opus-5-5", "claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-4-8", "claude-sonnet-4-6", "claude-sonnet-4-5", "claude-haiku-4-5", "claude-3-haiku-20240307",
    ];

    public static void Map(IEndpointRouteBuilder endpoints, SandboxWorld world, WirePipeline pipeline)
    {
        var dialect = new AnthropicDialect(world.Clock);
        var api = new AnthropicEndpoints(world, dialect);
        endpoints.MapPost("/anthropic/v1/messages", pipeline.Serve(dialect, api.Messages));
        endpoints.MapPost("/anthropic/v1/messages/count_tokens", pipeline.Serve(dialect, api.CountTokens));
        endpoints.MapGet("/anthropic/v1/models", pipeline.Serve(dialect, _ => api.Models()));
        endpoints.MapGet("/anthropic/v1/models/{model}", pipeline.Serve(dialect, exchange => api.NotFound(exchange.Route("model")) ?? WireResponse.Of(ModelItem(exchange.Route("model")))));
        endpoints.Map("/anthropic/{**rest}", pipeline.Serve(dialect, _ => dialect.Error(new WireError(404, "Not found"))));
    }

    private WireResponse Messages(Exchange exchange)
    {
        var (request, error) = MessagesRequest.Read(exchange.Body, exchange.Http.Request.Headers["anthropic-version"].ToString());
        if (request is null)
        {
            return dialect.Error(error!);
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

        var reply = world.Model.Answer(request, exchange.Fault);
        var (read, written) = Cached(exchange.Body, request);
        var response = new MessagesResponse(request, reply, exchange.BodyText, read, written);
        return stream ? response.Stream(exchange.Fault) : response.Whole();
    }

    private (int Read, int Written) Cached(JsonNode? body, ModelRequest request)
    {
        if (MessagesRequest.CachedPrefix(body) is not { } prefix || Tokens.Of(prefix) < PromptCache.MinTokens)
        {
            return (0, 0);
        }

        var tokens = Math.Min(Tokens.Of(prefix), Tokens.OfPrompt(request) - 1);
        return world.PromptCache.Hit($"{request.Model}\n{prefix}") ? (tokens, 0) : (0, tokens);
    }

    private WireResponse CountTokens(Exchange exchange)
    {
        if (exchange.Body is JsonObject body)
        {
            body["max_tokens"] = 1;
        }

        var (request, error) = MessagesRequest.Read(exchange.Body, string.Empty);
        return request is null ? dialect.Error(error!) : WireResponse.Of(new JsonObject { ["input_tokens"] = Tokens.OfPrompt(request) });
    }

    private WireResponse Models()
    {
        var names = world.Options.Models.Count > 0 ? world.Options.Models : Listed;
        return WireResponse.Of(new JsonObject
        {
            ["data"] = new JsonArray([.. names.Select(ModelItem)]),
            ["has_more"] = false,
            ["first_id"] = names[0],
            ["last_id"] = names[^1],
        });
    }

    private static JsonObject ModelItem(string name) => new() { ["type"] = "model", ["id"] = name, ["display_name"] = name, ["created_at"] = "2026-01-01T00:00:00Z" };

    private WireResponse? NotFound(string model) => world.Options.Models.Count > 0 && !world.Options.Models.Contains(model)
        ? dialect.Error(new WireError(404, $"model: {model}"))
        : null;
}
