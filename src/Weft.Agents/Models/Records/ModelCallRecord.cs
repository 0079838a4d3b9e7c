using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Records;

/// <summary>One model call as it is kept: what was decided, what it took. Holds no prompt and no reply.</summary>
public sealed record ModelCallRecord
{
    /// <summary>Gets the execution's id.</summary>
    public required string ExecutionId { get; init; }

    /// <summary>Gets the call's id within the execution.</summary>
    public required string CallId { get; init; }

    /// <summary>Gets the workflow's id.</summary>
    public required string WorkflowId { get; init; }

    /// <summary>Gets the node's id.</summary>
    public required string NodeId { get; init; }

    /// <summary>Gets the agent's name; null: no agent asked.</summary>
    public string? Agent { get; init; }

    /// <summary>Gets the conversation's id; null: none.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Gets the profile by which it was routed; null: none was named.</summary>
    public string? RequestedProfile { get; init; }

    /// <summary>Gets the catalog's name of the model that was called.</summary>
    public required string SelectedModel { get; init; }

    /// <summary>Gets the provider that was asked.</summary>
    public required string Provider { get; init; }

    /// <summary>Gets the provider's id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the endpoint, when a workflow's file named one.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Gets the estimate that routing was made with: the tokens of the whole call, reply included.</summary>
    public int EstimatedTokens { get; init; }

    /// <summary>Gets the estimate of the cost, in USD.</summary>
    public double EstimatedCost { get; init; }

    /// <summary>Gets the tokens of the prompt, cached ones included, as the provider counted.</summary>
    public long ActualInputTokens { get; init; }

    /// <summary>Gets the tokens of the answer, as the provider counted; <see cref="UsageEstimated"/> says where it did not.</summary>
    public long ActualOutputTokens { get; init; }

    /// <summary>Gets how many tokens of the prompt the provider had kept.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Gets a value indicating whether the provider gave no count, and the tokens are an estimate.</summary>
    public bool UsageEstimated { get; init; }

    /// <summary>Gets what it cost, in USD; null: the price is not known.</summary>
    public double? ActualCost { get; init; }

    /// <summary>Gets the time from request to whole answer, in milliseconds.</summary>
    public long LatencyMs { get; init; }

    /// <summary>Gets a value indicating whether an answer came.</summary>
    public bool Success { get; init; }

    /// <summary>Gets why it failed (<see cref="ModelFailure.Kind"/>); null: it did not.</summary>
    public string? Failure { get; init; }

    /// <summary>Gets when it ended, UTC.</summary>
    public required DateTime CreatedAt { get; init; }
}
