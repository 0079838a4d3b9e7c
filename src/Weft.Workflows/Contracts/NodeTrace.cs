using Weft.Language.Definitions;

namespace Weft.Workflows.Contracts;

/// <summary>One node's run.</summary>
public sealed record NodeTrace
{
    /// <summary>Gets the node's id.</summary>
    public required string NodeId { get; init; }

    /// <summary>Gets agent, tool, transform, workflow, or the task's type.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets the agent's name; null: no agent worked on it.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets the agent's kind; null: no agent worked on it.</summary>
    public AgentType? AgentType { get; init; }

    /// <summary>Gets how the node stands.</summary>
    public required NodeStatus Status { get; init; }

    /// <summary>Gets why it was skipped.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the attempt that this is about, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Gets when it began, in UTC; null: it did not.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>Gets how long it took, in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>Gets what its models cost, in USD.</summary>
    public double CostUsd { get; init; }

    /// <summary>Gets the model that answered last; null: none was asked.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the provider of <see cref="Model"/>.</summary>
    public string? Provider { get; init; }

    /// <summary>Gets the tokens of its prompts, as the providers counted.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Gets the tokens of its answers, as the providers counted.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Gets how many rounds its agent made.</summary>
    public int? Iterations { get; init; }

    /// <summary>Gets the calls of tools, in the order in which they ended.</summary>
    public IReadOnlyList<ToolCallTrace> ToolCalls { get; init; } = [];

    /// <summary>Gets the calls of models, failed ones included, in order.</summary>
    public IReadOnlyList<ModelCallTrace> ModelCalls { get; init; } = [];

    /// <summary>Gets the first 200 characters of the output as JSON.</summary>
    public string? OutputPreview { get; init; }

    /// <summary>Gets what went on though something was not right.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Gets why it failed; null: it did not.</summary>
    public ExecutionError? Error { get; init; }

    /// <summary>Gets the task that it is a child of.</summary>
    public string? ParentId { get; init; }
}
