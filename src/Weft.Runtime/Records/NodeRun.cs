using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Records;

/// <summary>One node's run, as agents' health and usage are counted from it.</summary>
public sealed record NodeRun
{
    /// <summary>Gets the execution's id.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Gets the workflow's id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Gets the node's id.</summary>
    public required string NodeId { get; init; }

    /// <summary>Gets the kind of node, the word of <c>TaskKinds</c> or the step's.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets how it ended.</summary>
    public required NodeStatus Status { get; init; }

    /// <summary>Gets when it ended, in UTC.</summary>
    public required DateTime EndedAt { get; init; }

    /// <summary>Gets the agent's name; null: none.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets the agent's kind; null: none.</summary>
    public AgentType? AgentType { get; init; }

    /// <summary>Gets the model that answered last; null: none was asked.</summary>
    public string? Model { get; init; }

    /// <summary>Gets that model's provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets how long it took, in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>Gets what its models cost, in USD.</summary>
    public double CostUsd { get; init; }

    /// <summary>Gets the tokens of its prompts.</summary>
    public long InputTokens { get; init; }

    /// <summary>Gets the tokens of its answers.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Gets how many rounds its agent made.</summary>
    public int Iterations { get; init; }

    /// <summary>Gets how many tools were called.</summary>
    public int ToolCalls { get; init; }

    /// <summary>Gets the code of its failure; null: it did not fail.</summary>
    public string? ErrorCode { get; init; }
}
