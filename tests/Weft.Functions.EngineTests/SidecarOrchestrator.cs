using Microsoft.DurableTask;
using Weft.Functions.Engine;

namespace Weft.Functions.EngineTests;

/// <summary>What the orchestration's function does, under the name that the worker knows it by.</summary>
internal sealed class SidecarOrchestrator(Orchestrators orchestrators, string name) : TaskOrchestrator<Payload, Payload>
{
    public override Task<Payload> RunAsync(TaskOrchestrationContext context, Payload input) => orchestrators.RunAsync(name, context);
}
