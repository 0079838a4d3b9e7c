using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>An agent that a file brings along.</summary>
public sealed record AgentDefinition
{
    /// <summary>Gets the id by which steps of the file name the agent.</summary>
    public required string Id { get; init; }

    /// <summary>Gets a word of <see cref="AgentKinds"/>; null: reasoning when it has tools, else simple.</summary>
    public string? Type { get; init; }

    /// <summary>Gets what the agent is for.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the system prompt, templated.</summary>
    public string? Instructions { get; init; }

    /// <summary>Gets the model it runs on: a name of <see cref="WorkflowDefinition.Models"/> or of the catalog; null: by profile.</summary>
    public string? Model { get; init; }

    /// <summary>Gets its models, limits and tools.</summary>
    public AgentConfig Config { get; init; } = new();

    /// <summary>Gets what the agent can be asked to do, each with a prompt and schemas of its own.</summary>
    public IReadOnlyList<AgentAction> Actions { get; init; } = [];

    /// <summary>Gets the memories that it reads before a call and writes after one.</summary>
    public IReadOnlyList<MemoryReference> Memory { get; init; } = [];

    /// <summary>Gets values under what a step passes: a step's own win.</summary>
    public JsonObject? With { get; init; }

    /// <summary>Gets environment entries for its tools: name → text or template.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();
}
