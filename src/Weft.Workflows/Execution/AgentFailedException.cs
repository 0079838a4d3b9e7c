using Weft.Language;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Execution;

/// <summary>Ends an agent's work; <see cref="AgentRun"/> makes an <see cref="AgentResult"/> of it.</summary>
internal sealed class AgentFailedException(FailureDetails failure) : WeftException(failure.Code, failure.Message)
{
    public FailureDetails Failure { get; } = failure;
}
