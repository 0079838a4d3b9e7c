using System.Text.Json.Nodes;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Contracts;

/// <summary>The result of an execution, and the output of its orchestration.</summary>
public sealed record WorkflowResult(ExecutionStatus Status, JsonNode? Output, FailureDetails? Failure, double TotalCostUsd);
