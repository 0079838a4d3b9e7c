namespace Weft.Workflows.Durable;

/// <summary>
/// What an orchestrator may do. Everything it decides must follow from its input and from what these members answer:
/// the code runs again from the top whenever the instance is replayed.
/// </summary>
/// <remarks>
/// The shape is Durable Functions' <c>TaskOrchestrationContext</c>, so that the Azure adapter stays thin. An orchestrator is
/// single-threaded and awaits only tasks that come from here (and <see cref="Task.WhenAll(Task[])"/> and
/// <see cref="Task.WhenAny(Task[])"/> over them).
/// </remarks>
public interface IOrchestrationContext
{
    /// <summary>Gets the name under which the running orchestrator was scheduled.</summary>
    string Name { get; }

    /// <summary>Gets the id that the starter chose: 1 to 100 characters.</summary>
    string InstanceId { get; }

    /// <summary>Gets the instance that started this one as a sub-orchestration; null for a root.</summary>
    string? ParentInstanceId { get; }

    /// <summary>Gets the time of the current turn, UTC. A replay reads the same time.</summary>
    DateTime CurrentUtcDateTime { get; }

    /// <summary>Gets a value indicating whether the code is running over history that has already happened.</summary>
    bool IsReplaying { get; }

    /// <summary>The input given at the start (or to <see cref="ContinueAsNew"/>).</summary>
    T? GetInput<T>();

    /// <summary>Makes an id that is the same on every replay and unique otherwise.</summary>
    Guid NewGuid();

    /// <summary>Runs an activity, at least once, and answers its result.</summary>
    /// <remarks>
    /// A call that is still open when the orchestrator returns, fails or continues as new is given up: await what matters.
    /// </remarks>
    /// <exception cref="ActivityFailedException">It failed, and the retry policy (if any) is used up.</exception>
    /// <exception cref="OperationCanceledException"><see cref="ActivityOptions.CancellationToken"/> was cancelled first.</exception>
    Task<TResult> CallActivityAsync<TResult>(string name, object? input = null, ActivityOptions? options = null);

    /// <summary>Runs another orchestration as a child and answers its result.</summary>
    /// <remarks>
    /// A child that is still running when its parent returns, fails or continues as new goes on by itself; terminating the parent ends it.
    /// </remarks>
    /// <exception cref="SubOrchestrationFailedException">The child failed or was terminated, and the retry policy is used up.</exception>
    Task<TResult> CallSubOrchestrationAsync<TResult>(string name, object? input = null, SubOrchestrationOptions? options = null);

    /// <summary>Completes at the given time, UTC. Survives a crash. Cancel a timer that lost its race.</summary>
    Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Completes once with the payload of the next event of that name; events that came earlier count, in order.</summary>
    /// <remarks>Names are case-insensitive. Each event completes one wait: the oldest that is still waiting.</remarks>
    Task<T> WaitForExternalEvent<T>(string name, CancellationToken cancellationToken = default);

    /// <summary>Sends an event to another instance; nothing happens when that instance does not exist or has ended.</summary>
    void SendEvent(string instanceId, string name, object? payload = null);

    /// <summary>Publishes a value that the outside can read while the instance runs. The last one of a turn counts.</summary>
    /// <remarks>Hosts may limit it (16 KiB of UTF-16 on Azure): keep it small.</remarks>
    void SetCustomStatus(object? status);

    /// <summary>Ends this generation, and starts the next with a fresh history once the orchestrator returns.</summary>
    void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);
}
