using System.Text.Json.Nodes;

namespace Weft.Agents.Tools;

/// <summary>A call from outside any workflow.</summary>
public sealed record DirectCall
{
    /// <summary>Gets the tool: <c>app.action</c>.</summary>
    public required string Tool { get; init; }

    /// <summary>Gets the arguments.</summary>
    public JsonObject Params { get; init; } = [];

    /// <summary>Gets for whom the call is made; null: nobody, which tools that need an account refuse.</summary>
    public string? EntityId { get; init; }

    /// <summary>Gets how long one attempt may take; null: the product's default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets a key of the caller's: a repeat with it answers the first call. Null: each call is new.</summary>
    public string? IdempotencyKey { get; init; }
}
