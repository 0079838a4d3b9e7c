using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Records;

/// <summary>One node's run, as agents' health and usage are counted from it.</summary>
public sealed record NodeRun
{
    public required string ExecutionId { get; init; }

    public required string WorkflowId { get; init; }

    public required string NodeId { get; init; }

    public required string Kind { get; init; }

    public required NodeStatus Status { get; init; }

    public required DateTime EndedAt { get; init; }

    public string? Agent { get; init; }

    public AgentType? AgentType { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public long DurationMs { get; init; }

    public double CostUsd { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public int Iterations { get; init; }

    public int ToolCalls { get; init; }

    public string? ErrorCode { get; init; }
}
