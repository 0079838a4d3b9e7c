using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Sequences;

/// <summary>What came of one task.</summary>
internal sealed record TaskOutcome(string Id, NodeStatus Status, JsonNode? Output, FailureDetails? Failure)
{
    /// <summary>Gets the task that the task itself sends control to; null: the list decides.</summary>
    public string? Goto { get; init; }

    /// <summary>Gets the template of what the input of <see cref="Goto"/>'s task gains.</summary>
    public JsonNode? GotoWith { get; init; }

    /// <summary>Gets the tasks that were an alternative to <see cref="Goto"/>: an ordered list passes them over.</summary>
    public IReadOnlyList<string> NotTaken { get; init; } = [];

    /// <summary>Gets a value indicating whether the rest of the list is skipped, and why.</summary>
    public string? EndsList { get; init; }

    /// <summary>Gets a value indicating whether the whole run ends here.</summary>
    public bool EndsRun { get; init; }

    public bool Failed => Status == NodeStatus.Failed;
}
