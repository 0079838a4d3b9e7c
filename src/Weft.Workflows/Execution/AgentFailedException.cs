using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Workflows.Execution;

/// <summary>Ends an agent's work; an <see cref="AgentResult"/> is made of it.</summary>
internal sealed class AgentFailedException(FailureDetails failure) : WeftException(failure.Code, failure.AsFault(), failure.Message)
{
    public FailureDetails Failure { get; } = failure;
}
