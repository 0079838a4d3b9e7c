using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows;

/// <summary>The product's orchestrators, for every host to register.</summary>
public static class WeftOrchestrators
{
    /// <summary>Gets the registrations: <see cref="StepNames.RunWorkflow"/> and <see cref="StepNames.RunAgent"/>.</summary>
    public static IReadOnlyList<OrchestratorRegistration> All { get; } =
    [
        OrchestratorRegistration.Of<RunWorkflowInput, WorkflowResult>(StepNames.RunWorkflow, static _ => new WorkflowOrchestrator()),
        OrchestratorRegistration.Of<RunAgentInput, AgentResult>(StepNames.RunAgent, static _ => new AgentOrchestrator()),
    ];

    /// <summary>Hands each registration to a host: <c>WeftOrchestrators.Register(x => services.AddSingleton(x))</c>.</summary>
    public static void Register(Action<OrchestratorRegistration> add)
    {
        foreach (var registration in All)
        {
            add(registration);
        }
    }
}
