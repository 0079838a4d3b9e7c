using System.Text.Json.Nodes;
using Weft.Workflows.Orchestration.Activities;

namespace Weft.Workflows.Orchestration.Runs;

/// <summary>What came of a workflow's body.</summary>
/// <param name="Status">completed, partial or failed.</param>
/// <param name="Output">The output of what led to the end.</param>
/// <param name="Failure">Why it failed.</param>
internal sealed record BodyOutcome(ExecutionStatus Status, JsonNode? Output, FailureDetails? Failure)
{
    public string? FailedNode { get; init; }
}
