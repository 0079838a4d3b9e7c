using System.Text.Json.Nodes;
using Weft.Language.Definitions;

namespace Weft.Workflows.Sequences;

/// <summary>Where a task stands, and what that place knows and hands down.</summary>
internal sealed record TaskPlace
{
    public static TaskPlace Top { get; } = new();

    /// <summary>Gets what the names of runs at this place begin with: empty at the top, else <c>parent/</c>.</summary>
    public string Path { get; init; } = "";

    public string? ParentId { get; init; }

    public int Depth { get; init; }

    /// <summary>Gets what templates see besides results: <c>item</c>, <c>signal</c>, <c>parent</c> and the like.</summary>
    public JsonObject Locals { get; init; } = [];

    /// <summary>Gets the input that lies under the task's own: a collection's.</summary>
    public JsonObject? With { get; init; }

    /// <summary>Gets the input that lies over the task's own: a transition's.</summary>
    public JsonObject? Gained { get; init; }

    /// <summary>Gets fields that <c>input</c> shows although they are not passed on: a collection's item and index.</summary>
    public JsonObject? Shown { get; init; }

    public IReadOnlyDictionary<string, string>? Env { get; init; }

    /// <summary>Gets the policy that children inherit.</summary>
    public StepPolicy Policy { get; init; } = new();
}
