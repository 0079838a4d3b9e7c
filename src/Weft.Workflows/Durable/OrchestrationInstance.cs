using System.Text.Json.Nodes;

namespace Weft.Workflows.Durable;

/// <summary>One instance as the outside sees it.</summary>
public sealed record OrchestrationInstance
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    public required OrchestrationStatus Status { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime LastUpdatedAt { get; init; }

    /// <summary>Gets the time at which it ended, UTC.</summary>
    public DateTime? CompletedAt { get; init; }

    public string? ParentInstanceId { get; init; }

    public JsonNode? Input { get; init; }

    public JsonNode? Output { get; init; }

    public JsonNode? CustomStatus { get; init; }

    public FailureDetails? Failure { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets a value indicating whether nothing more will happen to it.</summary>
    public bool HasEnded => Status is OrchestrationStatus.Completed or OrchestrationStatus.Failed or OrchestrationStatus.Terminated;
}
