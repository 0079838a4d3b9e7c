using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Weft.Sandbox.Brain;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Json;
using Weft.Sandbox.Wire;

namespace Weft.Sandbox.OpenAi;

/// <summary>OpenAI's API, and the places where compatible services have it.</summary>
internal sealed class OpenAiEndpoints(SandboxWorld world, OpenAiDialect dialect)
{
    private static readonly string[] Keyed = ["/openai/v1", "/azure/openai/v1", "/groq/openai/v1", "/gemini/v1beta/openai", "/azure/openai/deployments/{deployment}", "/openai/deployments/{deployment}"];
    private static readonly string[] Keyless = ["/ollama/v1", "/ollama/v1/v1"];

    public static void Map(IEndpointRouteBuilder endpoints, SandboxWorld world, WirePipeline pipeline)
    {
        foreach (var (prefix, needsKey) in Keyed.Select(prefix => (prefix, true)).Concat(Keyless.Select(prefix => (prefix, false))))
        {
            var dialect = new OpenAiDialect(needsKey);
            var api = new OpenAiEndpoints(world, dialect);
            endpoints.MapPost(prefix + "/chat/completions", pipeline.Serve(dialect, api.Chat));
            endpoints.MapPost(prefix + "/embeddings", pipeline.Serve(dialect, api.Embed));
            endpoints.MapGet(prefix + "/models", pipeline.Serve(dialect, _ => api.Models()));
            endpoints.MapGet(prefix + "/models/{model}", pipeline.Serve(dialect, exchange => api.Model(exchange.Route("model"))));
        }

        var plain = new OpenAiDialect(needsKey: true);
        endpoints.Map("/openai/{**rest}", pipeline.Serve(plain, exchange =>
            plain.Error(new WireError(404, $"Invalid URL ({exchange.Http.Request.Method} {exchange.Http.Request.Path})"))));
    }

    private WireResponse Chat(Exchange exchange)
    {
        var (request, error) = ChatRequest.Read(exchange.Body, exchange.Model);
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
            return dialect.Error(new WireError(500, fault.Message ?? "The server had an error while processing your request."));
        }

        var reply = world.Model.Answer(request, exchange.Fault);
        var response = new ChatResponse(request, reply, exchange.BodyText, world.Clock.GetUtcNow(), CachedTokens(request));
        return stream
            ? response.Stream(exchange.Body.Obj("stream_options").Bool("include_usage") == true, exchange.Fault)
            : response.Whole();
    }

    /// <summary>The service caches prefixes in steps of 128 tokens.</summary>
    private int CachedTokens(ModelRequest request)
    {
        var prefix = Tokens.OfPrefix(request);
        return prefix >= PromptCache.MinTokens && world.PromptCache.Hit($"{request.Model}\n{request.System}\n{string.Join('\n', request.Tools)}")
            ? prefix / 128 * 128
            : 0;
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

        IReadOnlyList<string> inputs = exchange.Body.Get("input") switch
        {
            JsonArray many => [.. many.Select(item => item.AsText() ?? string.Empty)],
            { } one when one.AsText() is { } text => [text],
            _ => [],
        };
        exchange.Request = new JsonObject { ["inputs"] = inputs.Count, ["last_user"] = Digest.Clip(inputs.Count > 0 ? inputs[0] : null, 200) };
        if (inputs.Count == 0 || inputs.Any(string.IsNullOrEmpty))
        {
            return dialect.Error(new WireError(400, "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.") { Parameter = "input" });
        }

        var dimensions = exchange.Body.Int("dimensions") ?? (exchange.Model.Contains("large", StringComparison.Ordinal) ? 3072 : TextEmbedding.DefaultDimensions);
        if (dimensions is < 1 or > 3072)
        {
            return dialect.Error(new WireError(400, $"Invalid value for 'dimensions' = {dimensions}. Must be less than or equal to 3072.") { Parameter = "dimensions" });
        }

        var base64 = exchange.Body.Str("encoding_format") == "base64";
        var tokens = inputs.Sum(Tokens.Of);
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
        ["data"] = new JsonArray([.. Names().Select(ModelItem)]),
    });

    private WireResponse Model(string name) => NotFound(name) ?? WireResponse.Of(ModelItem(name));

    private IReadOnlyList<string> Names() => world.Options.Models.Count > 0 ? world.Options.Models : OpenAiModels.Listed;

    private static JsonObject ModelItem(string name) => new() { ["id"] = name, ["object"] = "model", ["created"] = 1_700_000_000, ["owned_by"] = "sandbox" };

    private WireResponse? NotFound(string model) => world.Options.Models.Count > 0 && !world.Options.Models.Contains(model)
        ? dialect.Error(new WireError(404, $"The model `{model}` does not exist or you do not have access to it.") { Code = "model_not_found" })
        : null;
}
