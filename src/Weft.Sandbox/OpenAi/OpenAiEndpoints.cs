using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Script;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.OpenAi;

/// <summary>OpenAI's API, and the places where compatible services have it.</summary>
internal sealed class OpenAiEndpoints(ModelService models, OpenAiDialect dialect)
{
    private const int LargestEmbedding = 3072;

    private static readonly string[] Keyed =
    [
        "/openai/v1", "/azure/openai/v1", "/groq/openai/v1", "/gemini/v1beta/openai",
        "/azure/openai/deployments/{deployment}", "/openai/deployments/{deployment}",
    ];

    private static readonly string[] Keyless = ["/ollama/v1", "/ollama/v1/v1"];

    private static readonly string[] Listed =
    [
        "gpt-3.5-turbo", "gpt-4", "gpt-4-turbo", "gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano",
        "gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-5.5", "o3", "o4-mini", "text-embedding-3-small", "text-embedding-3-large",
    ];

    public static void Map(IEndpointRouteBuilder endpoints, ModelService models, WirePipeline pipeline)
    {
        foreach (var prefix in Keyed.Concat(Keyless))
        {
            var dialect = new OpenAiDialect(needsKey: !Keyless.Contains(prefix), models.Clock);
            var api = new OpenAiEndpoints(models, dialect);
            endpoints.MapPost(prefix + "/chat/completions", pipeline.Serve(dialect, api.Chat));
            endpoints.MapPost(prefix + "/embeddings", pipeline.Serve(dialect, api.Embed));
            endpoints.MapGet(prefix + "/models", pipeline.Serve(dialect, _ => api.Models()));
            endpoints.MapGet(prefix + "/models/{model}", pipeline.Serve(dialect, exchange => api.Model(exchange.Route("model"))));
        }

        var plain = new OpenAiDialect(needsKey: true, models.Clock);
        endpoints.Map("/openai/{**rest}", pipeline.Serve(plain, exchange =>
            plain.Error(new WireError(404, $"Invalid URL ({exchange.Http.Request.Method} {exchange.Http.Request.Path})"))));
    }

    private WireResponse Chat(Exchange exchange)
    {
        var (request, error) = ChatRequest.Read(exchange.Body, exchange.Model, models.Tokens);
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
            return dialect.Error(new WireError(500, fault.Message ?? "The server had an error while processing your request."));
        }

        var reply = models.Model.Answer(request, exchange.Fault);
        var usage = new ChatUsage(models.Tokens.OfPrompt(request), CachedTokens(request), models.Tokens.OfReply(request.Model, reply));
        var response = new ChatResponse(request, reply, exchange.BodyText, models.Clock.GetUtcNow(), usage);
        return stream
            ? response.Stream(exchange.Body.Obj("stream_options").Bool("include_usage") == true, exchange.Fault)
            : response.Whole();
    }

    /// <summary>The service caches prefixes in steps of 128 tokens.</summary>
    private int CachedTokens(ModelRequest request)
    {
        var prefix = models.Tokens.OfPrefix(request);
        var seen = $"{request.Model}\n{request.System}\n{string.Join('\n', request.Tools)}";
        return prefix >= PromptCache.MinTokens && models.PromptCache.Hit(seen) ? prefix / 128 * 128 : 0;
    }

    private WireResponse Embed(Exchange exchange)
    {
        if (string.IsNullOrEmpty(exchange.Model))
        {
            return dialect.Error(new WireError(400, "you must provide a model parameter"));
        }

        if (NotFound(exchange.Model) is { } notFound)
        {
            return notFound;
        }

        var inputs = (exchange.Body.Get("input") is JsonArray many ? many : new JsonArray(exchange.Body.Get("input")?.DeepClone()))
            .Select(item => item.AsText() ?? string.Empty).ToList();
        exchange.Request = new JsonObject { ["inputs"] = inputs.Count, ["last_user"] = Digest.Clip(inputs.FirstOrDefault(), 200) };
        if (inputs.Count == 0 || inputs.Exists(string.IsNullOrEmpty))
        {
            const string Message = "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.";
            return dialect.Error(new WireError(400, Message) { Parameter = "input" });
        }

        var usual = exchange.Model.Contains("large", StringComparison.Ordinal) ? LargestEmbedding : TextEmbedding.DefaultDimensions;
        var dimensions = exchange.Body.Int("dimensions") ?? usual;
        if (dimensions is < 1 or > LargestEmbedding)
        {
            var message = $"Invalid value for 'dimensions' = {dimensions}. Must be less than or equal to {LargestEmbedding}.";
            return dialect.Error(new WireError(400, message) { Parameter = "dimensions" });
        }

        var base64 = exchange.Body.Str("encoding_format") == "base64";
        var tokens = inputs.Sum(input => models.Tokens.Of(exchange.Model, input));
        return WireResponse.Of(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. inputs.Select((input, i) => new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = i,
                ["embedding"] = TextEmbedding.ToJson(TextEmbedding.Of(input, dimensions), base64),
            })]),
            ["model"] = exchange.Model,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        });
    }

    private WireResponse Models() => WireResponse.Of(new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray([.. (models.Names.Count > 0 ? models.Names : Listed).Select(ModelItem)]),
    });

    private WireResponse Model(string name) => NotFound(name) ?? WireResponse.Of(ModelItem(name));

    private static JsonObject ModelItem(string name) =>
        new() { ["id"] = name, ["object"] = "model", ["created"] = 1_700_000_000, ["owned_by"] = "sandbox" };

    private WireResponse? NotFound(string model)
    {
        var message = $"The model `{model}` does not exist or you do not have access to it.";
        return models.Has(model) ? null : dialect.Error(new WireError(404, message) { Code = "model_not_found" });
    }
}
