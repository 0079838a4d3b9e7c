using System.Text.Json.Nodes;
using Weft.Language.Definitions;

namespace Weft.Workflows.Execution;

/// <summary>One step that is to be run, with all that its place knows.</summary>
internal sealed record StepJob
{
    /// <summary>Gets the node's or the task's id.</summary>
    public required string NodeId { get; init; }

    /// <summary>Gets the name of this run of it within the execution: call ids and instance ids begin with it.</summary>
    public required string Key { get; init; }

    public required Step Step { get; init; }

    public StepPolicy Policy { get; init; } = new();

    /// <summary>Gets the rendered input; null: none was given.</summary>
    public JsonNode? With { get; init; }

    /// <summary>Gets what the place itself knows, <c>with</c> included.</summary>
    public JsonObject Locals { get; init; } = [];

    public IReadOnlyList<string> Predecessors { get; init; } = [];

    /// <summary>Gets the step's own environment entries.</summary>
    public IReadOnlyDictionary<string, string>? Env { get; init; }

    /// <summary>Gets what a reasoning or a code agent is shown besides its task.</summary>
    public JsonObject? Context { get; init; }
}
