using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Execution;

/// <summary>What came of a workflow's body.</summary>
/// <param name="Status">completed, partial or failed.</param>
/// <param name="Output">The output of what led to the end.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record BodyOutcome(ExecutionStatus Status, JsonNode? Output, FailureDetails? Failure)
{
    public string? FailedNode { get; init; }
}
