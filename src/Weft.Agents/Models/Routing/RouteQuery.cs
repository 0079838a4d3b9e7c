using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Routing;

/// <summary>What to route without a call: the body of <c>POST /llm/route</c>.</summary>
public sealed record RouteQuery
{
    public IReadOnlyList<ChatTurn> Messages { get; init; } = [];

    /// <summary>Gets the tokens of the whole call; null: estimated from the messages.</summary>
    public int? EstimatedTokens { get; init; }

    /// <summary>Gets fast, balanced, powerful or custom. The default is balanced, or custom when models are named.</summary>
    public string? Profile { get; init; }

    public IReadOnlyList<string> Models { get; init; } = [];

    public RouteConstraints? Constraints { get; init; }

    public IReadOnlyList<string> RequiredCapabilities { get; init; } = [];
}
