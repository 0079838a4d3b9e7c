using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Routing;

/// <summary>What to route without a call: the body of <c>POST /llm/route</c>.</summary>
public sealed record RouteQuery
{
    /// <summary>Gets the conversation that would be sent.</summary>
    public IReadOnlyList<ChatTurn> Messages { get; init; } = [];

    /// <summary>Gets the tokens of the whole call; null: estimated from the messages.</summary>
    public int? EstimatedTokens { get; init; }

    /// <summary>Gets fast, balanced, powerful or custom. The default is balanced, or custom when models are named.</summary>
    public string? Profile { get; init; }

    /// <summary>Gets the models to choose among; empty: the profile's.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Gets the limits; null: the profile's.</summary>
    public RouteConstraints? Constraints { get; init; }

    /// <summary>Gets what the model must be able to do: words of <see cref="RouteModelRequest.RequiredCapabilities"/>.</summary>
    public IReadOnlyList<string> RequiredCapabilities { get; init; } = [];
}
