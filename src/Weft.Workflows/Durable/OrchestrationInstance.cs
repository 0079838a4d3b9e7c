using System.Text.Json.Nodes;

namespace Weft.Workflows.Durable;

/// <summary>One instance as the outside sees it.</summary>
public sealed record OrchestrationInstance
{
    /// <summary>Gets the instance's id.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Gets the orchestrator's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how it stands.</summary>
    public required OrchestrationStatus Status { get; init; }

    /// <summary>Gets when it was scheduled, in UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Gets when it last made progress, in UTC.</summary>
    public required DateTime LastUpdatedAt { get; init; }

    /// <summary>Gets the time at which it ended, UTC.</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>Gets the instance that started it; null: a client did.</summary>
    public string? ParentInstanceId { get; init; }

    /// <summary>Gets its input; null: none, or not asked for.</summary>
    public JsonNode? Input { get; init; }

    /// <summary>Gets its result; null: it has none yet, or it was not asked for.</summary>
    public JsonNode? Output { get; init; }

    /// <summary>Gets what it last said of itself; null: nothing.</summary>
    public JsonNode? CustomStatus { get; init; }

    /// <summary>Gets why it failed; null: it did not.</summary>
    public FailureDetails? Failure { get; init; }

    /// <summary>Gets what its starter wrote beside it, by name.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets a value indicating whether nothing more will happen to it.</summary>
    public bool HasEnded => Status is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated;
}
