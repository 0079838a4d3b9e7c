using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows;

/// <summary>The product's orchestrators, for every host to register.</summary>
public static class WeftOrchestrators
{
    /// <summary>
    /// Makes a host's registrations: <see cref="StepNames.RunWorkflow"/> and <see cref="StepNames.RunAgent"/>. They share what they
    /// compile.
    /// </summary>
    public static IReadOnlyList<OrchestratorRegistration> Create()
    {
        var compiled = new CompiledWorkflows();
        return
        [
            OrchestratorRegistration.Of<RunWorkflowInput, WorkflowResult>(StepNames.RunWorkflow, _ => new WorkflowOrchestrator(compiled)),
            OrchestratorRegistration.Of<RunAgentInput, AgentResult>(StepNames.RunAgent, static _ => new AgentOrchestrator()),
        ];
    }

    /// <summary>Hands each registration to a host: <c>WeftOrchestrators.Register(x => services.AddSingleton(x))</c>.</summary>
    public static void Register(Action<OrchestratorRegistration> add)
    {
        foreach (var registration in Create())
        {
            add(registration);
        }
    }
}
