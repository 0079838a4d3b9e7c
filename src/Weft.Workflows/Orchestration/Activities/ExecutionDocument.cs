using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Weft.Workflows.Orchestration.Activities;

/// <summary>Where an execution stands, as users see it.</summary>
public enum ExecutionStatus
{
    Pending,
    Running,
    Paused,
    Completed,

    /// <summary>Some steps failed, and the workflow allows that.</summary>
    Partial,
    Failed,
    Cancelled,
}

/// <summary>Where a node stands.</summary>
public enum NodeStatus
{
    Pending,
    Running,
    Completed,
    Failed,
    Skipped,
    Cancelled,
}

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

/// <summary>Why an execution or a node failed.</summary>
public sealed record ExecutionError(string Code, string Message, string? NodeId = null, JsonNode? Details = null);

/// <summary>What happened, node by node, and what it cost.</summary>
public sealed record ExecutionTrace
{
    public IReadOnlyList<NodeTrace> Nodes { get; init; } = [];

    public CostBreakdown Costs { get; init; } = new();

    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>USD, in all and by part.</summary>
public sealed record CostBreakdown
{
    public double TotalUsd { get; init; }

    public IReadOnlyDictionary<string, double> ByNode { get; init; } = new Dictionary<string, double>();

    public IReadOnlyDictionary<string, double> ByModel { get; init; } = new Dictionary<string, double>();
}

/// <summary>One node's run.</summary>
public sealed record NodeTrace
{
    public required string NodeId { get; init; }

    /// <summary>Gets agent, tool, transform, workflow, or the task's type.</summary>
    public required string Kind { get; init; }

    public string? Agent { get; init; }

    public AgentType? AgentType { get; init; }

    public required NodeStatus Status { get; init; }

    /// <summary>Gets why it was skipped.</summary>
    public string? Reason { get; init; }

    public int Attempt { get; init; } = 1;

    public DateTime? StartedAt { get; init; }

    public long DurationMs { get; init; }

    public double CostUsd { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public int? Iterations { get; init; }

    public IReadOnlyList<ToolCallTrace> ToolCalls { get; init; } = [];

    public IReadOnlyList<ModelCallTrace> ModelCalls { get; init; } = [];

    /// <summary>Gets the first 200 characters of the output as JSON.</summary>
    public string? OutputPreview { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public ExecutionError? Error { get; init; }

    /// <summary>Gets the task that it is a child of.</summary>
    public string? ParentId { get; init; }
}

/// <summary>One tool call in a trace.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Status">success, failed or refused.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="Error">What the tool or the product said.</param>
public sealed record ToolCallTrace(string Tool, string Status, long DurationMs, string? Error = null);

/// <summary>One model call in a trace: also the failed ones, and why the next model was tried.</summary>
public sealed record ModelCallTrace(string Model, string Provider, string Status, long DurationMs)
{
    public double CostUsd { get; init; }

    public string? Error { get; init; }

    /// <summary>Gets why this model was chosen, or came next.</summary>
    public string? Reason { get; init; }
}

/// <summary>The record of an execution is durable.</summary>
public sealed record RecordedExecution(bool Recorded);

/// <summary>What a running execution publishes as its custom status: small whatever the size of the workflow.</summary>
public sealed record ExecutionProgress
{
    public ExecutionStatus Status { get; init; } = ExecutionStatus.Running;

    public int NodesTotal { get; init; }

    public int NodesCompleted { get; init; }

    public int NodesSkipped { get; init; }

    public int NodesFailed { get; init; }

    public double CostUsd { get; init; }

    /// <summary>Gets the nodes that run now: at most 20.</summary>
    public IReadOnlyList<string> Running { get; init; } = [];

    /// <summary>Gets the last nodes that ended, newest last: at most 20, without previews when they would not fit.</summary>
    public IReadOnlyList<NodeTrace> Recent { get; init; } = [];

    /// <summary>Gets what it waits for, when it waits for a signal or a person.</summary>
    public IReadOnlyList<WaitingFor> Waiting { get; init; } = [];
}

/// <summary>A node that waits for a signal.</summary>
public sealed record WaitingFor(string NodeId, string Signal, DateTime? Until, JsonNode? Show = null, IReadOnlyList<string>? Choices = null);
