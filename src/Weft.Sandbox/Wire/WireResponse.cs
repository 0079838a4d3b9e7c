using System.Globalization;
using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Wire;

/// <summary>An answer before it is written: a stream has a chunk for each event, anything else has one.</summary>
internal sealed record WireResponse
{
    public const string Json = "application/json";
    public const string EventStream = "text/event-stream; charset=utf-8";

    public int Status { get; init; } = 200;
    public string ContentType { get; init; } = Json;
    public IReadOnlyList<string> Chunks { get; init; } = [];
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What the log says of the answer.</summary>
    public JsonObject? Digest { get; init; }

    public bool IsStream => ContentType == EventStream;

    public static WireResponse Of(JsonNode body, int status = 200) => new()
    {
        Status = status,
        ContentType = "application/json; charset=utf-8",
        Chunks = [SandboxJson.Text(body)],
    };

    /// <summary>A failure in the service's shape, with the wait that it asks for.</summary>
    public static WireResponse Of(JsonNode body, WireError error) => error.RetryAfterSeconds is { } seconds
        ? Of(body, error.Status).With("Retry-After", Math.Ceiling(seconds).ToString(CultureInfo.InvariantCulture))
        : Of(body, error.Status);

    public WireResponse With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}
