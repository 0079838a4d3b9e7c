using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Weft.Language;
using Weft.Workflows.Durable;
using OrchestrationQuery = Weft.Workflows.Durable.OrchestrationQuery;

namespace Weft.Functions.Engine;

/// <summary>The client port on Durable Functions.</summary>
/// <remarks>
/// Lists come in the backend's own order: the product lists executions from its records, and instances for operators only.
/// </remarks>
internal sealed class DurableOrchestrationClient(
    DurableClientAccessor accessor, IEnumerable<OrchestratorRegistration> orchestrators, TimeProvider time) : IOrchestrationClient
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private static readonly OrchestrationRuntimeStatus[] EveryStatus =
    [
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    public async Task<ScheduleResult> ScheduleAsync(
        string name, object? input, ScheduleOptions options, CancellationToken cancellationToken)
    {
        RequireRegistered(name);

        // A status left out of the list would let a start replace, and so terminate, a live instance of the same id.
        InstanceIds.Require(options.InstanceId);
        var start =
            new StartOrchestrationOptions(options.InstanceId, options.StartAt is { } at ? new DateTimeOffset(at, TimeSpan.Zero) : null)
        {
            Tags = options.Tags,
        }.WithDedupeStatuses(EveryStatus);
        try
        {
            await accessor.Client.ScheduleNewOrchestrationInstanceAsync(
                name, Payload.OfObject(input, $"input of '{name}'"), start, cancellationToken);
            return new ScheduleResult(options.InstanceId, Started: true);
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            // The exception for an id that is taken differs between backends and their versions; that it is taken is what counts.
            if (await accessor.Client.GetInstanceAsync(options.InstanceId, getInputsAndOutputs: false, cancellationToken) is null)
            {
                throw;
            }

            return new ScheduleResult(options.InstanceId, Started: false);
        }
    }

    public async Task<OrchestrationInstance?> GetAsync(string instanceId, CancellationToken cancellationToken) =>
        await accessor.Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken) is { } found ? Describe(found)
            : null;

    public async Task<OrchestrationPage> ListAsync(OrchestrationQuery query, CancellationToken cancellationToken)
    {
        var filter = new Microsoft.DurableTask.Client.OrchestrationQuery(
            CreatedFrom: query.CreatedFrom is { } from ? new DateTimeOffset(from, TimeSpan.Zero) : null,
            CreatedTo: query.CreatedTo is { } to ? new DateTimeOffset(to, TimeSpan.Zero) : null,
            Statuses: query.Statuses.Count == 0 ? null : query.Statuses.Select(StatusOf).ToList(),
            InstanceIdPrefix: query.InstanceIdPrefix,
            PageSize: query.PageSize,
            FetchInputsAndOutputs: query.IncludePayloads,
            ContinuationToken: query.Cursor);
        await foreach (var page in accessor.Client.GetAllInstancesAsync(filter).AsPages(query.Cursor, query.PageSize).WithCancellation(
            cancellationToken))
        {
            var items = page.Values.Where(i => (query.Name is null || i.Name == query.Name)
                    && (query.IncludeChildren || !InstanceIds.IsChild(i.InstanceId))
                    && query.Tags.All(t => i.Tags.TryGetValue(t.Key, out var value) && value == t.Value))
                .Select(i => query.IncludePayloads ? Describe(i) : Describe(i) with { Input = null, Output = null }).ToList();
            return new OrchestrationPage(items, page.ContinuationToken);
        }

        return new OrchestrationPage([], null);
    }

    public async Task<OrchestrationInstance> WaitForCompletionAsync(string instanceId, CancellationToken cancellationToken)
    {
        await ExpectAsync(instanceId, cancellationToken);
        return Describe(await accessor.Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, cancellationToken));
    }

    public async IAsyncEnumerable<OrchestrationInstance> WatchAsync(
        string instanceId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // There is no push side: look often at first, when a caller waits, and ever less often after.
        var pause = TimeSpan.FromMilliseconds(200);
        string? seen = null;
        while (true)
        {
            var instance = await GetAsync(instanceId, cancellationToken) ?? throw new InstanceNotFoundException(instanceId);
            var state = $"{instance.Status}|{instance.CustomStatus?.ToJsonString()}";
            if (state != seen)
            {
                seen = state;
                pause = TimeSpan.FromMilliseconds(200);
                yield return instance;
            }

            if (instance.HasEnded)
            {
                yield break;
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 1.5, 5000));
        }
    }

    public Task<bool> RaiseEventAsync(string instanceId, string name, object? payload, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new WeftException("invalid_name", Fault.Malformed, $"The event for instance '{instanceId}' has no name. Give it one.");
        }

        var sent = Payload.OfObject(payload, $"payload of event '{name}'");
        return IfLiveAsync(
            instanceId,
            instance => instance.RuntimeStatus == OrchestrationRuntimeStatus.Pending
                ? throw new WeftException(
                    "instance_not_begun",
                    Fault.Unavailable with { Wait = LongestStart },
                    $"Instance '{instanceId}' has not begun yet, so that the event '{name}' might be lost. Send it again.")
                : accessor.Client.RaiseEventAsync(instanceId, name, sent, cancellationToken),
            cancellationToken);
    }

    public Task<bool> TerminateAsync(string instanceId, string? reason, CancellationToken cancellationToken) =>
        IfLiveAsync(
            instanceId,
            _ => Termination.EndAsync(accessor.Client, instanceId, reason, time, cancellationToken),
            cancellationToken);

    public Task<bool> SuspendAsync(string instanceId, string? reason, CancellationToken cancellationToken) =>
        IfLiveAsync(
            instanceId, _ => Suspension.HoldAsync(accessor.Client, instanceId, reason, time, cancellationToken), cancellationToken);

    public Task<bool> ResumeAsync(string instanceId, string? reason, CancellationToken cancellationToken) =>
        IfLiveAsync(instanceId, _ => Suspension.ReleaseAsync(accessor.Client, instanceId, reason, cancellationToken), cancellationToken);

    public async Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (await accessor.Client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken) is not { IsCompleted: true })
        {
            return false;
        }

        // The instance last: as long as it is there, its children are found again.
        foreach (var child in await Descendants.OfAsync(accessor.Client, instanceId, cancellationToken))
        {
            if (child.IsCompleted)
            {
                await accessor.Client.PurgeInstanceAsync(child.InstanceId, cancellationToken);
            }
            else
            {
                // Purged as one whose parent is gone, once it has ended.
                await accessor.Client.TerminateInstanceAsync(
                    child.InstanceId, new TerminateInstanceOptions("Its parent was purged."), cancellationToken);
            }
        }

        var purged = await accessor.Client.PurgeInstanceAsync(instanceId, new PurgeInstanceOptions(Recursive: true), cancellationToken);
        return purged.PurgedInstanceCount > 0;
    }

    private void RequireRegistered(string name)
    {
        if (!orchestrators.Any(o => o.Name == name))
        {
            throw new WeftException(
                "orchestrator_not_registered",
                Fault.Internal,
                $"No orchestrator is named '{name}'. Registered: "
                + $"{string.Join(", ", orchestrators.Select(o => o.Name).Order(StringComparer.Ordinal))}.");
        }
    }

    private async Task<bool> IfLiveAsync(
        string instanceId, Func<OrchestrationMetadata, Task> actAsync, CancellationToken cancellationToken)
    {
        if (await BegunAsync(instanceId, cancellationToken) is not { IsCompleted: false } instance)
        {
            return false;
        }

        await actAsync(instance);
        return true;
    }

    // An instance has no history before its first turn is through. When that turn is lost with its worker, the storage backend takes what
    // came meanwhile for messages to nobody, and drops them. So nothing is sent before.
    private async Task<OrchestrationMetadata?> BegunAsync(string instanceId, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        while (true)
        {
            var instance = await accessor.Client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken);
            if (instance is not { RuntimeStatus: OrchestrationRuntimeStatus.Pending } || time.GetElapsedTime(asked) > LongestStart)
            {
                return instance;
            }

            await Task.Delay(Glance, time, cancellationToken);
        }
    }

    private async Task ExpectAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (await accessor.Client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken) is null)
        {
            throw new InstanceNotFoundException(instanceId);
        }
    }

    private static OrchestrationInstance Describe(OrchestrationMetadata found)
    {
        var input = Payload.OfStored(found.SerializedInput);
        return new OrchestrationInstance
        {
            InstanceId = found.InstanceId,
            Name = found.Name,
            Status = StatusOf(found.RuntimeStatus),
            CreatedAt = found.CreatedAt.UtcDateTime,
            LastUpdatedAt = found.LastUpdatedAt.UtcDateTime,
            CompletedAt = found.IsCompleted ? found.LastUpdatedAt.UtcDateTime : null,
            ParentInstanceId = input?.Parent,
            Input = input?.Read<JsonNode>("stored input"),
            Output = found.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? Payload.NodeOf(found.SerializedOutput) : null,
            CustomStatus = found.SerializedCustomStatus is { } status ? JsonNode.Parse(status) : null,
            Failure = FailureOf(found),
            Tags = found.Tags,
        };
    }

    private static FailureDetails? FailureOf(OrchestrationMetadata found) => found.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Failed when found.FailureDetails is { } details => DurableFailureException.Read(details),
        OrchestrationRuntimeStatus.Failed => new FailureDetails(
            "orchestration_failed", ReasonOf(found.SerializedOutput) ?? "The orchestration failed, and its backend does not say why."),
        OrchestrationRuntimeStatus.Terminated =>
            new FailureDetails("terminated", ReasonOf(found.SerializedOutput) ?? "Terminated from outside."),
        _ => null,
    };

    private static string? ReasonOf(string? serialized)
    {
        try
        {
            return serialized is null ? null : JsonSerializer.Deserialize<string>(serialized);
        }
        catch (JsonException)
        {
            return serialized;
        }
    }

    private static OrchestrationStatus StatusOf(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Pending => OrchestrationStatus.Pending,
        OrchestrationRuntimeStatus.Completed => OrchestrationStatus.Completed,
        OrchestrationRuntimeStatus.Failed => OrchestrationStatus.Failed,
        OrchestrationRuntimeStatus.Terminated => OrchestrationStatus.Terminated,
        OrchestrationRuntimeStatus.Suspended => OrchestrationStatus.Suspended,
        _ => OrchestrationStatus.Running,
    };

    private static OrchestrationRuntimeStatus StatusOf(OrchestrationStatus status) => status switch
    {
        OrchestrationStatus.Pending => OrchestrationRuntimeStatus.Pending,
        OrchestrationStatus.Running => OrchestrationRuntimeStatus.Running,
        OrchestrationStatus.Suspended => OrchestrationRuntimeStatus.Suspended,
        OrchestrationStatus.Completed => OrchestrationRuntimeStatus.Completed,
        OrchestrationStatus.Failed => OrchestrationRuntimeStatus.Failed,
        _ => OrchestrationRuntimeStatus.Terminated,
    };
}
