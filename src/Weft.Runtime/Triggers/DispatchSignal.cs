using System.Text.Json.Nodes;
using Weft.Agents.Payloads;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Runtime.Triggers;

/// <summary>
/// Starts every workflow that a signal of a workflow's triggers. What is started runs on its own, whatever becomes of the sender.
/// </summary>
internal sealed class DispatchSignal(WorkflowTriggers triggers, ContextStore contexts) : IActivity<DispatchSignalRequest, DispatchedSignal>
{
    /// <inheritdoc/>
    public async Task<DispatchedSignal> RunAsync(ActivityContext context, DispatchSignalRequest input, CancellationToken cancellationToken)
    {
        var triggered = await triggers.FindAsync("signal", input.Signal, StringComparison.Ordinal, cancellationToken);
        var payload = await contexts.LoadAsync(input.Payload, cancellationToken);

        // The key is the call's, so that a second delivery answers the executions of the first.
        var key = "signal:" + RecordKeys.Digest($"{input.Scope.ExecutionId}\n{input.CallId}");
        var about = new JsonObject
        {
            ["signal"] = input.Signal,
            ["source_execution_id"] = input.Scope.ExecutionId,
            ["source_workflow_id"] = input.Scope.WorkflowId,
            ["conversation_id"] = input.Scope.ConversationId,
        };
        var origin = new TriggerOrigin("workflow", key, about) { ParentExecutionId = input.Scope.ExecutionId, Depth = input.Depth + 1 };
        try
        {
            var started = await triggers.StartAsync(triggered, payload, origin, cancellationToken);
            return new DispatchedSignal([.. started.Select(s => s.ExecutionId)]);
        }
        catch (WeftException refused) when (refused is not ActivityException)
        {
            throw new ActivityException(
                refused.Code, refused.Fault, $"The signal '{input.Signal}' starts nothing: {refused.Message}", innerException: refused);
        }
    }
}
