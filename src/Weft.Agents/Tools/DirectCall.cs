using System.Text.Json.Nodes;

namespace Weft.Agents.Tools;

/// <summary>A call from outside any workflow.</summary>
public sealed record DirectCall
{
    /// <summary>Gets the tool: <c>app.action</c>.</summary>
    public required string Tool { get; init; }

    public JsonObject Params { get; init; } = [];

    public string? EntityId { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets a key of the caller's: a repeat with it answers the first call. Null: each call is new.</summary>
    public string? IdempotencyKey { get; init; }
}
