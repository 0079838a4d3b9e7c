using System.Text.Json.Nodes;

namespace Weft.Workflows.Orchestration.Activities;

/// <summary>The result of an execution, and the output of its orchestration.</summary>
public sealed record WorkflowResult(ExecutionStatus Status, JsonNode? Output, FailureDetails? Failure, double TotalCostUsd);
