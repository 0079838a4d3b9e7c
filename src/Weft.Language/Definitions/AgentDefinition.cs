using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>An agent that a file brings along.</summary>
public sealed record AgentDefinition
{
    public required string Id { get; init; }

    /// <summary>Gets a word of <see cref="AgentKinds"/>; null: reasoning when it has tools, else simple.</summary>
    public string? Type { get; init; }

    public string? Description { get; init; }

    /// <summary>Gets the system prompt, templated.</summary>
    public string? Instructions { get; init; }

    /// <summary>Gets the model it runs on: a name of <see cref="WorkflowDefinition.Models"/> or of the catalog; null: by profile.</summary>
    public string? Model { get; init; }

    public AgentConfig Config { get; init; } = new();

    public IReadOnlyList<AgentAction> Actions { get; init; } = [];

    public IReadOnlyList<MemoryReference> Memory { get; init; } = [];

    public JsonObject? With { get; init; }

    /// <summary>Gets environment entries for its tools: name → text or template.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();
}
