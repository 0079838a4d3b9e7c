using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Weft.Workflows.Contracts;

/// <summary>One execution as users see it: the document of the API and of <c>weft run --json</c>.</summary>
public sealed record ExecutionDocument
{
    public required string ExecutionId { get; init; }

    public required string WorkflowId { get; init; }

    public string? WorkflowVersion { get; init; }

    public required ExecutionStatus Status { get; init; }

    public required DateTime StartedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTime? CompletedAt { get; init; }

    public long DurationMs { get; init; }

    public double TotalCostUsd { get; init; }

    public bool Sandbox { get; init; }

    public JsonNode? Input { get; init; }

    /// <summary>Gets each executed node's <c>{output: …}</c>, by node id.</summary>
    public JsonObject Outputs { get; init; } = [];

    /// <summary>Gets the workflow's own result.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonNode? Output { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ExecutionError? Error { get; init; }

    public ExecutionTrace Trace { get; init; } = new();

    public string? ParentExecutionId { get; init; }
}
