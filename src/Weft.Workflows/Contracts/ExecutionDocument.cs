using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Weft.Workflows.Contracts;

/// <summary>One execution as users see it: the document of the API and of <c>weft run --json</c>.</summary>
public sealed record ExecutionDocument
{
    /// <summary>Gets the execution's id.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Gets the workflow's id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Gets the version that the definition said when the execution was pinned to it.</summary>
    public string? WorkflowVersion { get; init; }

    /// <summary>Gets how it stands.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>Gets when it began, in UTC.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>Gets when it ended, in UTC; null: it has not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public DateTime? CompletedAt { get; init; }

    /// <summary>Gets the time from start to end, or to now, in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>Gets what its models cost so far, in USD.</summary>
    public double TotalCostUsd { get; init; }

    /// <summary>Gets a value indicating whether simulators answered in place of providers.</summary>
    public bool Sandbox { get; init; }

    /// <summary>Gets the input, with the defaults of its schema.</summary>
    public JsonNode? Input { get; init; }

    /// <summary>Gets each executed node's <c>{output: …}</c>, by node id.</summary>
    public JsonObject Outputs { get; init; } = [];

    /// <summary>Gets the workflow's own result.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public JsonNode? Output { get; init; }

    /// <summary>Gets why it failed; null: it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ExecutionError? Error { get; init; }

    /// <summary>Gets what each node did, and what it cost.</summary>
    public ExecutionTrace Trace { get; init; } = new();

    /// <summary>Gets the execution that started this one; null: a person or a trigger did.</summary>
    public string? ParentExecutionId { get; init; }
}
