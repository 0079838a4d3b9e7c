using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>One thing that an agent can be asked to do.</summary>
public sealed record AgentAction
{
    public required string Id { get; init; }

    public required string Prompt { get; init; }

    public bool JsonMode { get; init; }

    public JsonObject? InputSchema { get; init; }

    public JsonObject? OutputSchema { get; init; }

    public JsonObject? With { get; init; }

    public IReadOnlyList<string> Tools { get; init; } = [];
}
