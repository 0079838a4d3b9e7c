using Weft.Workflows.Contracts;

namespace Weft.Agents.Models.Records;

/// <summary>One model call as it is kept: what was decided, what it took. Holds no prompt and no reply.</summary>
public sealed record ModelCallRecord
{
    public required string ExecutionId { get; init; }

    public required string CallId { get; init; }

    public required string WorkflowId { get; init; }

    public required string NodeId { get; init; }

    public string? Agent { get; init; }

    public string? ConversationId { get; init; }

    /// <summary>Gets the profile by which it was routed; null: none was named.</summary>
    public string? RequestedProfile { get; init; }

    /// <summary>Gets the catalog's name of the model that was called.</summary>
    public required string SelectedModel { get; init; }

    public required string Provider { get; init; }

    /// <summary>Gets the provider's id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Gets the endpoint, when a workflow's file named one.</summary>
    public string? BaseUrl { get; init; }

    public int EstimatedTokens { get; init; }

    public double EstimatedCost { get; init; }

    /// <summary>Gets the provider's count of prompt tokens, cached ones included.</summary>
    public long ActualInputTokens { get; init; }

    public long ActualOutputTokens { get; init; }

    public long CachedInputTokens { get; init; }

    /// <summary>Gets a value indicating whether the provider gave no count, and the tokens are an estimate.</summary>
    public bool UsageEstimated { get; init; }

    /// <summary>Gets USD; null: the price is not known.</summary>
    public double? ActualCost { get; init; }

    public long LatencyMs { get; init; }

    public bool Success { get; init; }

    /// <summary>Gets why it failed (<see cref="ModelFailure.Kind"/>).</summary>
    public string? Failure { get; init; }

    /// <summary>Gets when it ended, UTC.</summary>
    public required DateTime CreatedAt { get; init; }
}
