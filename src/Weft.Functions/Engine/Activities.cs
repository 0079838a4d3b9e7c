using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Weft.Workflows.Contracts;

namespace Weft.Functions.Engine;

/// <summary>Each activity as a function, so that each is scaled, watched and retried under its own name.</summary>
public sealed class Activities(ActivityRunner runner, DurableClientAccessor accessor)
{
    /// <summary>Loads the pinned definition, and records that the execution has begun.</summary>
    [Function(StepNames.LoadWorkflow)]
    public Task<Payload> LoadWorkflow([ActivityTrigger] Payload input, string instanceId, CancellationToken cancellationToken) =>
        runner.RunAsync(StepNames.LoadWorkflow, instanceId, input, cancellationToken);

    /// <summary>Ranks the models that will do.</summary>
    [Function(StepNames.RouteModel)]
    public Task<Payload> RouteModel([ActivityTrigger] Payload input, string instanceId, CancellationToken cancellationToken) =>
        runner.RunAsync(StepNames.RouteModel, instanceId, input, cancellationToken);

    /// <summary>Asks one model.</summary>
    [Function(StepNames.CallModel)]
    public Task<Payload> CallModel([ActivityTrigger] Payload input, string instanceId, CancellationToken cancellationToken) =>
        runner.RunAsync(StepNames.CallModel, instanceId, input, cancellationToken);

    /// <summary>Calls one tool, behind the gate that all calls pass. What has ended calls nothing any more.</summary>
    [Function(StepNames.CallTool)]
    public async Task<Payload> CallTool(
        [ActivityTrigger] Payload input, string instanceId, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        await Caller.FindEndedAsync(client, ActivityRunner.CallerOf(instanceId), cancellationToken) is { } ended
            ? Payload.Failed(Caller.Refusal(ended))
            : await runner.RunAsync(StepNames.CallTool, instanceId, input, cancellationToken);

    /// <summary>Evaluates what an orchestrator must not.</summary>
    [Function(StepNames.Evaluate)]
    public Task<Payload> Evaluate([ActivityTrigger] Payload input, string instanceId, CancellationToken cancellationToken) =>
        runner.RunAsync(StepNames.Evaluate, instanceId, input, cancellationToken);

    /// <summary>Reads a memory.</summary>
    [Function(StepNames.ReadMemory)]
    public Task<Payload> ReadMemory([ActivityTrigger] Payload input, string instanceId, CancellationToken cancellationToken) =>
        runner.RunAsync(StepNames.ReadMemory, instanceId, input, cancellationToken);

    /// <summary>Writes a memory.</summary>
    [Function(StepNames.WriteMemory)]
    public Task<Payload> WriteMemory([ActivityTrigger] Payload input, string instanceId, CancellationToken cancellationToken) =>
        runner.RunAsync(StepNames.WriteMemory, instanceId, input, cancellationToken);

    /// <summary>Records how the execution ended.</summary>
    [Function(StepNames.RecordExecution)]
    public Task<Payload> RecordExecution([ActivityTrigger] Payload input, string instanceId, CancellationToken cancellationToken) =>
        runner.RunAsync(StepNames.RecordExecution, instanceId, input, cancellationToken);

    /// <summary>
    /// Reaches other executions, so it needs the engine's client; an instance that runs activities only has no other trigger to bring it.
    /// </summary>
    [Function(StepNames.DispatchSignal)]
    public Task<Payload> DispatchSignal(
        [ActivityTrigger] Payload input, string instanceId, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        accessor.Use(client);
        return runner.RunAsync(StepNames.DispatchSignal, instanceId, input, cancellationToken);
    }
}
