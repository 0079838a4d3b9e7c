using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows;

/// <summary>
/// One agent loop as an orchestration of its own (<see cref="StepNames.RunAgent"/>): each model call and each tool call is a durable step.
/// </summary>
/// <remarks>A failed agent is a result with a failure, so that what it cost is not lost. Its parent ends it by termination.</remarks>
internal sealed class AgentOrchestrator : IOrchestrator<RunAgentInput, AgentResult>
{
    /// <inheritdoc/>
    public Task<AgentResult> RunAsync(IOrchestrationContext context, RunAgentInput input) =>
        AgentRun.RunAsync(context, input, CancellationToken.None);
}
