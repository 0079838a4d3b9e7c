using System.Text.Json.Nodes;

namespace Weft.Workflows.Orchestration;

/// <summary>The outside of the engine: start instances, watch them, talk to them, end them.</summary>
public interface IOrchestrationClient
{
    /// <summary>Starts an instance. The answer comes once the start is durable.</summary>
    /// <returns>Whether this call started it: false when an instance of that id exists already, in whatever status.</returns>
    Task<ScheduleResult> ScheduleAsync(string name, object? input, ScheduleOptions options, CancellationToken cancellationToken);

    /// <summary>Reads one instance; null when there is none of that id.</summary>
    Task<OrchestrationInstance?> GetAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Lists instances, newest first, in pages. Payloads are left out unless the query asks for them.</summary>
    Task<OrchestrationPage> ListAsync(OrchestrationQuery query, CancellationToken cancellationToken);

    /// <summary>Waits until the instance has ended.</summary>
    /// <exception cref="InstanceNotFoundException">There is none of that id.</exception>
    Task<OrchestrationInstance> WaitForCompletionAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Follows one instance: how it stands now, then how it stands after each change of its status or custom status, until it has ended.</summary>
    /// <remarks>Changes in quick succession may be answered as one. Hosts without a push side poll.</remarks>
    /// <exception cref="InstanceNotFoundException">There is none of that id, or it was purged meanwhile.</exception>
    IAsyncEnumerable<OrchestrationInstance> WatchAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Sends an event. It is kept until the instance waits for it.</summary>
    /// <returns>False when there is no such instance, or it has ended.</returns>
    Task<bool> RaiseEventAsync(string instanceId, string name, object? payload, CancellationToken cancellationToken);

    /// <summary>Ends an instance and its children from outside. Running activities get a cancelled token.</summary>
    /// <returns>False when there is no such instance, or it has ended.</returns>
    Task<bool> TerminateAsync(string instanceId, string? reason, CancellationToken cancellationToken);

    /// <summary>Stops an instance from taking further steps; what runs finishes, and what arrives is kept.</summary>
    Task<bool> SuspendAsync(string instanceId, string? reason, CancellationToken cancellationToken);

    /// <summary>Lets a suspended instance go on.</summary>
    Task<bool> ResumeAsync(string instanceId, string? reason, CancellationToken cancellationToken);

    /// <summary>Deletes an instance that has ended, with its history and its children.</summary>
    /// <returns>False when there is no such instance, or it has not ended.</returns>
    Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken);
}

/// <summary>How an instance is started.</summary>
public sealed record ScheduleOptions
{
    /// <summary>Gets the instance id, chosen by the caller: 1 to 100 characters, no control characters, none of <c>/\#?</c>.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Gets the earliest time of its first turn, UTC; null: now.</summary>
    public DateTime? StartAt { get; init; }

    /// <summary>Gets values by which instances can be listed, such as the workflow's id.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>What became of a start.</summary>
public sealed record ScheduleResult(string InstanceId, bool Started);

/// <summary>Where an instance stands.</summary>
public enum OrchestrationStatus
{
    /// <summary>Scheduled; its first turn has not been taken.</summary>
    Pending,

    /// <summary>Taking turns, or waiting for something.</summary>
    Running,

    /// <summary>Held by an operator.</summary>
    Suspended,

    /// <summary>Returned a result.</summary>
    Completed,

    /// <summary>Threw.</summary>
    Failed,

    /// <summary>Ended from outside.</summary>
    Terminated,
}

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

/// <summary>Which instances to list.</summary>
public sealed record OrchestrationQuery
{
    public string? Name { get; init; }

    public IReadOnlyList<OrchestrationStatus> Statuses { get; init; } = [];

    public DateTime? CreatedFrom { get; init; }

    public DateTime? CreatedTo { get; init; }

    public string? InstanceIdPrefix { get; init; }

    /// <summary>Gets tag values that must all match.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets a value indicating whether children of other instances are listed too.</summary>
    public bool IncludeChildren { get; init; }

    /// <summary>Gets a value indicating whether inputs, outputs and custom statuses come along.</summary>
    public bool IncludePayloads { get; init; }

    /// <summary>Gets the page size: 1 to 1,000. The default is 100.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Gets where to go on: <see cref="OrchestrationPage.NextCursor"/> of the page before.</summary>
    public string? Cursor { get; init; }
}

/// <summary>One page of instances, newest first.</summary>
public sealed record OrchestrationPage(IReadOnlyList<OrchestrationInstance> Items, string? NextCursor);

/// <summary>No instance has that id.</summary>
public sealed class InstanceNotFoundException(string instanceId)
    : WeftException("instance_not_found", $"There is no instance '{instanceId}'. It may have been purged, or its id mistyped.");
