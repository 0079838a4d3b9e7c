using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Agents;

/// <summary>One agent's work at one node: inline for a simple agent, in an orchestration of its own for the others.</summary>
internal static class AgentRun
{
    /// <summary>Lets the agent work.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<AgentResult> RunAsync(IOrchestrationContext context, RunAgentInput input, CancellationToken cancellationToken)
    {
        var work = new AgentWork(context, input, cancellationToken);
        try
        {
            return new AgentResult(await AgentRunners.RunAsync(work), work.Ledger.ToUsage(), null);
        }
        catch (AgentFailedException exception)
        {
            return new AgentResult(null, work.Ledger.ToUsage(), exception.Failure);
        }
        catch (WeftException exception)
        {
            // A fault of this code's own says that another try may help, as it always has: executions under way must make the same tries
            // again.
            var failure = FailureDetails.Of(exception);
            return new AgentResult(
                null, work.Ledger.ToUsage(), exception is OrchestrationFailureException ? failure : failure with { NonRetryable = false });
        }
    }
}
