using System.Runtime.CompilerServices;
using Weft.Embedded.Replay;
using Weft.Embedded.Sqlite;
using Weft.Language;
using Weft.Workflows.Durable;

namespace Weft.Embedded.Engine;

/// <summary>The outside of the embedded engine. Reads see what is committed; writes are answered once they are.</summary>
internal sealed class EngineClient(EngineCore engine) : IOrchestrationClient
{
    /// <summary>Gets or sets a value indicating whether new instances are refused, because the engine drains.</summary>
    public bool RefusesStarts { get; set; }

    public async Task<ScheduleResult> ScheduleAsync(
        string name, object? input, ScheduleOptions options, CancellationToken cancellationToken)
    {
        Names.InstanceId(options.InstanceId);
        if (!engine.Orchestrators.ContainsKey(name))
        {
            throw new WeftException(
                "orchestrator_not_registered",
                Fault.Internal,
                $"No orchestrator is named '{name}'. Registered: "
                + $"{string.Join(", ", engine.Orchestrators.Keys.Order(StringComparer.Ordinal))}.");
        }

        if (RefusesStarts)
        {
            throw new WeftException(
                "engine_stopping", Fault.Unavailable, "The engine is stopping and takes no new work. Send it again once it runs.");
        }

        var startAt = options.StartAt is { } at ? (at.Kind == DateTimeKind.Local ? at.ToUniversalTime() : at).Ticks : (long?)null;
        var json = Payload.Write(input, $"input of '{name}'");
        var started = await Submit(
            new StartInstance(engine.Instances, options.InstanceId, name, json, startAt, StoredTags.Of(options.Tags)), cancellationToken);
        return new ScheduleResult(options.InstanceId, started);
    }

    public Task<OrchestrationInstance?> GetAsync(string instanceId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Get(instanceId));
    }

    public Task<OrchestrationPage> ListAsync(OrchestrationQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(engine.Readers.Read(query, InstanceListing.List));
    }

    public async Task<OrchestrationInstance> WaitForCompletionAsync(string instanceId, CancellationToken cancellationToken)
    {
        using var listener = engine.Signals.Listen(instanceId, endOnly: true);
        while (true)
        {
            var instance = Get(instanceId) ?? throw new InstanceNotFoundException(instanceId);
            if (instance.HasEnded)
            {
                return instance;
            }

            await listener.WaitAsync(cancellationToken);
        }
    }

    public async IAsyncEnumerable<OrchestrationInstance> WatchAsync(
        string instanceId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var listener = engine.Signals.Listen(instanceId, endOnly: false);
        while (true)
        {
            var instance = Get(instanceId) ?? throw new InstanceNotFoundException(instanceId);
            yield return instance;
            if (instance.HasEnded)
            {
                yield break;
            }

            await listener.WaitAsync(cancellationToken);
        }
    }

    public Task<bool> RaiseEventAsync(string instanceId, string name, object? payload, CancellationToken cancellationToken) =>
        Submit(new RaiseEvent(engine.Instances, instanceId, Names.Name(name, "event"),
            Payload.Write(payload, $"payload of event '{name}'")), cancellationToken);

    public Task<bool> TerminateAsync(string instanceId, string? reason, CancellationToken cancellationToken) =>
        Submit(new Terminate(engine.Instances, instanceId, reason), cancellationToken);

    public async Task<bool> SuspendAsync(string instanceId, string? reason, CancellationToken cancellationToken)
    {
        var hold = new Hold(engine.Instances, instanceId, reason, hold: true);
        var held = await Submit(hold, cancellationToken);

        // A turn that was under way may yet decide something; once it has, and has seen that it is held, nothing begins any more.
        await Task.WhenAll(hold.Told.Select(x => x.AtRestAsync())).WaitAsync(cancellationToken);
        return held;
    }

    public Task<bool> ResumeAsync(string instanceId, string? reason, CancellationToken cancellationToken) =>
        Submit(new Hold(engine.Instances, instanceId, reason, hold: false), cancellationToken);

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken) =>
        Submit(new Purge(engine.Instances, instanceId), cancellationToken);

    private OrchestrationInstance? Get(string instanceId) =>
        engine.Readers.Read(instanceId, static (reader, id) => reader.Get(id));

    private Task<bool> Submit(WriteOperation<bool> operation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        engine.Storage.Writer.Submit(operation, mayLead: engine.Dispatcher.IsIdle);
        return operation.Task.IsCompletedSuccessfully ? operation.Task : operation.Task.WaitAsync(cancellationToken);
    }
}
