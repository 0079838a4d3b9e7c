using System.Text.Json.Nodes;
using Weft.Language.Diagnostics;

namespace Weft.Language.Definitions;

/// <summary>One node: a step, and when it may run.</summary>
public sealed record GraphNode
{
    /// <summary>Gets the node's id, unique in the graph.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the work of the node.</summary>
    public required Step Step { get; init; }

    /// <summary>Gets the condition over the results so far; false: the node is skipped.</summary>
    public ConditionDefinition? Condition { get; init; }

    /// <summary>Gets the templated mapping that replaces the step's output; null: the output as it is.</summary>
    public JsonNode? Outputs { get; init; }

    /// <summary>Gets its retries and timeouts.</summary>
    public StepPolicy Policy { get; init; } = new();

    /// <summary>Gets what a failure leads to; null: the execution fails.</summary>
    public NodeErrorPolicy? OnError { get; init; }

    /// <summary>Gets where the node stands in the file.</summary>
    public SourceSpan? Source { get; init; }
}
