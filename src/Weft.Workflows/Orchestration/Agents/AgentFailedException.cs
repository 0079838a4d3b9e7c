namespace Weft.Workflows.Orchestration.Agents;

/// <summary>Ends an agent's work; <see cref="AgentRun"/> makes an <see cref="Activities.AgentResult"/> of it.</summary>
internal sealed class AgentFailedException(FailureDetails failure) : WeftException(failure.Code, failure.Message)
{
    public FailureDetails Failure { get; } = failure;
}
