using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Agents;

/// <summary>One agent's work at one node: inline for a simple agent, in an orchestration of its own for the others.</summary>
internal static class AgentRun
{
    /// <summary>Lets the agent work where its kind does.</summary>
    /// <param name="context">The instance whose agent it is.</param>
    /// <param name="input">The agent's work.</param>
    /// <param name="place">Its name within the instance: the id of an orchestration of its own is made of it.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="SubOrchestrationFailedException">Its orchestration failed, or was terminated.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Task<AgentResult> StartAsync(
        IOrchestrationContext context, RunAgentInput input, string place, CancellationToken cancellationToken) =>
        AgentKinds.Of(input.Type).RunsInline
            ? RunAsync(context, input, cancellationToken)
            : context.CallSubOrchestrationAsync<AgentResult>(
                StepNames.RunAgent,
                input,
                new SubOrchestrationOptions
                {
                    InstanceId = InstanceIds.Of(context.InstanceId, place),
                    CancellationToken = cancellationToken,
                });

    /// <summary>Lets the agent work here.</summary>
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
