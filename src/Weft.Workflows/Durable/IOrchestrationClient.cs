namespace Weft.Workflows.Durable;

/// <summary>The outside of the engine: start instances, watch them, talk to them, end them.</summary>
public interface IOrchestrationClient
{
    /// <summary>Starts an instance. The answer comes once the start is durable.</summary>
    /// <returns>
    /// Whether this call started it: false when an instance of that id exists already, in whatever status. Of several calls that race for
    /// one id, more than one may be told so on Azure, though one instance starts.
    /// </returns>
    Task<ScheduleResult> ScheduleAsync(string name, object? input, ScheduleOptions options, CancellationToken cancellationToken);

    /// <summary>Reads one instance; null when there is none of that id.</summary>
    Task<OrchestrationInstance?> GetAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Lists instances, newest first, in pages. Payloads are left out unless the query asks for them.</summary>
    Task<OrchestrationPage> ListAsync(OrchestrationQuery query, CancellationToken cancellationToken);

    /// <summary>Waits until the instance has ended.</summary>
    /// <exception cref="InstanceNotFoundException">There is none of that id.</exception>
    Task<OrchestrationInstance> WaitForCompletionAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>
    /// Follows one instance: how it stands now, then how it stands after each change of its status or custom status, until it has ended.
    /// </summary>
    /// <remarks>Changes in quick succession may be answered as one. Hosts without a push side poll.</remarks>
    /// <exception cref="InstanceNotFoundException">There is none of that id, or it was purged meanwhile.</exception>
    IAsyncEnumerable<OrchestrationInstance> WatchAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Sends an event. It is kept until the instance waits for it.</summary>
    /// <returns>False when there is no such instance, or it has ended.</returns>
    Task<bool> RaiseEventAsync(string instanceId, string name, object? payload, CancellationToken cancellationToken);

    /// <summary>Ends an instance and its children from outside. Running activities get a cancelled token.</summary>
    /// <returns>False when there is no such instance, or it has ended.</returns>
    Task<bool> TerminateAsync(string instanceId, string? reason, CancellationToken cancellationToken);

    /// <summary>Stops an instance and its children from taking further steps; what runs finishes, and what arrives is kept.</summary>
    /// <remarks>The answer comes once it holds: after it, no activity begins until the instance goes on.</remarks>
    /// <returns>False when there is no such instance, or it has ended.</returns>
    Task<bool> SuspendAsync(string instanceId, string? reason, CancellationToken cancellationToken);

    /// <summary>Lets a suspended instance go on, with its children.</summary>
    /// <returns>False when there is no such instance, or it has ended.</returns>
    Task<bool> ResumeAsync(string instanceId, string? reason, CancellationToken cancellationToken);

    /// <summary>Deletes an instance that has ended, with its history and its children.</summary>
    /// <returns>False when there is no such instance, or it has not ended.</returns>
    Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken);
}
