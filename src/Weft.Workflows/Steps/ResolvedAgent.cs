using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Workflows.Steps;

/// <summary>An agent as it works at one place: the node's settings over the action's over the agent's own.</summary>
internal sealed record ResolvedAgent
{
    public required string Name { get; init; }

    public required AgentType Type { get; init; }

    public required AgentConfig Config { get; init; }

    public string? Description { get; init; }

    public string? Prompt { get; init; }

    public string? SystemPrompt { get; init; }

    /// <summary>Gets the word that a card is told as its action; null: none, or the agent has actions of its own.</summary>
    public string? Action { get; init; }

    public required string Profile { get; init; }

    public IReadOnlyList<string> PreferredModels { get; init; } = [];

    public IReadOnlyList<ToolReference> Tools { get; init; } = [];

    public IReadOnlyList<MemoryReference> Memory { get; init; } = [];

    /// <summary>Gets inputs that the agent or the action brings along, templated; the node's own win.</summary>
    public IReadOnlyList<JsonObject> Defaults { get; init; } = [];

    public JsonObject? InputSchema { get; init; }

    /// <summary>Gets the agent's own environment entries, templated.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    public TimeSpan? CardTimeout { get; init; }
}
