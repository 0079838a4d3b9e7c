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

    public WireResponse With(string header, string value) => this with { Headers = [.. Headers, new(header, value)] };
}

/// <summary>A failure before a service gives it its shape.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What went wrong, in the service's voice.</param>
internal sealed record WireError(int Status, string Message)
{
    public string? Code { get; init; }

    /// <summary>The service's class of error, where it has one beside the code.</summary>
    public string? Type { get; init; }

    public string? Parameter { get; init; }

    public double? RetryAfterSeconds { get; init; }
}
