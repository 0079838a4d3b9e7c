using System.Text.Json.Nodes;
using Weft.Agents.Json;
using Weft.Language.Definitions;
using Weft.Language.Loading;

namespace Weft.Agents.Tools.Providers.Http;

/// <summary>How one HTTP tool makes requests: its <c>config</c>.</summary>
/// <remarks>
/// A tool is <em>open</em> when its arguments name the <c>endpoint</c> (or <c>method</c>): then <c>data</c> is the body, <c>query</c> the
/// query. Any other tool is a fixed call: <c>config.method</c> (default POST, or GET where nothing is to be sent) to
/// <c>config.endpoint</c>, in whose <c>{name}</c> places arguments go; the other arguments are the body, or the query of a GET, HEAD,
/// OPTIONS or DELETE.
/// </remarks>
internal sealed record HttpToolSettings
{
    public required string BaseUrl { get; init; }

    public string? Method { get; init; }

    public string? Endpoint { get; init; }

    public JsonObject Headers { get; init; } = [];

    public JsonObject Query { get; init; } = [];

    /// <summary>Gets the body, whatever the arguments are; null: as the arguments say.</summary>
    public JsonNode? Body { get; init; }

    /// <summary>Gets the header that carries the idempotency key of a write; null: none.</summary>
    public string? IdempotencyHeader { get; init; } = "Idempotency-Key";

    public static HttpToolSettings Of(JsonObject config) => new()
    {
        BaseUrl = config.Text("base_url") ?? config.Text("url") ?? "",
        Method = config.Text("method")?.ToUpperInvariant(),
        Endpoint = config.Text("endpoint") ?? config.Text("path"),
        Headers = config.Object("headers") ?? [],
        Query = config.Object("query") ?? config.Object("params") ?? [],
        Body = config["body"] ?? config["data"],
        IdempotencyHeader = !config.ContainsKey("idempotency_header") ? "Idempotency-Key"
            : config.Text("idempotency_header") is { Length: > 0 } name && name != "none" ? name : null,
    };

    /// <summary>Whether the arguments choose the endpoint.</summary>
    public static bool IsOpen(ToolDefinition tool) =>
        tool.InputSchema?["properties"] is JsonObject properties
            ? properties.ContainsKey("endpoint") || properties.ContainsKey("method") || properties.ContainsKey("path")
            : tool.Config.Text("endpoint") is null && tool.Config.Text("path") is null && tool.Config.Text("method") is null;

    /// <summary>Whether an answer's schema describes the body alone: it names none of the answer's own parts.</summary>
    public static bool DescribesData(JsonObject? schema) =>
        schema is not null
            && !(schema["properties"] is JsonObject properties && new[] { "status_code", "data", "headers" }.Any(properties.ContainsKey));

    /// <summary>The schema of a tool that states none.</summary>
    public static JsonObject SchemaOf(ToolDefinition tool) => tool.InputSchema is { } schema ? schema : IsOpen(tool)
        ? new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["endpoint"] = new JsonObject { ["type"] = "string", ["description"] = "The path below the base address" },
                ["method"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("GET", "POST", "PUT", "PATCH", "DELETE") },
                ["query"] = new JsonObject { ["type"] = "object", ["description"] = "Query parameters" },
                ["data"] = new JsonObject { ["description"] = "The JSON body" },
            },
        }
        : new JsonObject { ["type"] = "object", ["properties"] = new JsonObject() };
}
