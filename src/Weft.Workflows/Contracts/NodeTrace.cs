using Weft.Language.Definitions;

namespace Weft.Workflows.Contracts;

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
