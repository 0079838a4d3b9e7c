using System.Text.Json.Nodes;

namespace Weft.Sandbox.Wire;

/// <summary>One request and its answer, as the sandbox saw them. Keys are never part of it.</summary>
public sealed record LogEntry
{
    /// <summary>Gets the number of the exchange, from 1, in the order of answers.</summary>
    public required long Seq { get; init; }

    /// <summary>Gets the time of the answer.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Gets <c>openai</c>, <c>anthropic</c> or <c>composio</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Gets the HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>Gets the path with its query, as requested.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the model that was asked for.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the Composio slug that was executed.</summary>
    public string? Tool { get; init; }

    /// <summary>Gets what was asked: the last user text (at most 2 KB), tools offered, arguments, user.</summary>
    public JsonObject? Request { get; init; }

    /// <summary>Gets the key by which the caller says that it is the same call again.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Gets the HTTP status; 0 when the connection was left hanging.</summary>
    public required int Status { get; init; }

    /// <summary>Gets what was answered, cut to 2 KB: text, calls, data or error.</summary>
    public JsonObject? Answer { get; init; }

    /// <summary>Gets the fault that was injected, as its name or kind.</summary>
    public string? Fault { get; init; }

    /// <summary>Gets the time from the request's arrival to the start of the answer.</summary>
    public required double DurationMs { get; init; }
}
