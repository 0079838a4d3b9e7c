using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Functions.Engine;

/// <summary>The orchestrations as functions: the same code that the embedded engine runs, on the adapter.</summary>
public sealed class Orchestrators(IEnumerable<OrchestratorRegistration> registrations, IServiceProvider services)
{
    /// <summary>Runs one execution of a workflow.</summary>
    [Function(StepNames.RunWorkflow)]
    public Task<Payload> RunWorkflow([OrchestrationTrigger] TaskOrchestrationContext context) => RunAsync(StepNames.RunWorkflow, context);

    /// <summary>Runs one agent's work on a node.</summary>
    [Function(StepNames.RunAgent)]
    public Task<Payload> RunAgent([OrchestrationTrigger] TaskOrchestrationContext context) => RunAsync(StepNames.RunAgent, context);

    /// <summary>Runs any registered orchestration.</summary>
    internal async Task<Payload> RunAsync(string name, TaskOrchestrationContext context)
    {
        var registration = registrations.Single(r => r.Name == name);
        try
        {
            var running = registration.RunAsync(services, new DurableOrchestrationContext(context));
            await running;
            return Payload.OfJson(registration.ResultOf(running));
        }
        catch (Exception exception) when (exception is not DurableFailureException)
        {
            throw new DurableFailureException(FailureDetails.Of(exception));
        }
    }
}
