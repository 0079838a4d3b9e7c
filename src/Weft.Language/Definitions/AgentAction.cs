using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>One thing that an agent can be asked to do.</summary>
public sealed record AgentAction
{
    /// <summary>Gets the action's id, by which a task names it.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the prompt, a template; it reads what the task passes as <c>input</c>.</summary>
    public required string Prompt { get; init; }

    /// <summary>Gets a value indicating whether the answer must be one JSON object, though no schema describes it.</summary>
    public bool JsonMode { get; init; }

    /// <summary>Gets the JSON Schema that the input must fit; null: any will do.</summary>
    public JsonObject? InputSchema { get; init; }

    /// <summary>Gets the JSON Schema that the answer must fit; null: text will do.</summary>
    public JsonObject? OutputSchema { get; init; }

    /// <summary>Gets values under what the task passes: a task's own win.</summary>
    public JsonObject? With { get; init; }

    /// <summary>Gets the tools that this action adds to the agent's own.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];
}
