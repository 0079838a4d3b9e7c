using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;

namespace Weft.Api.Tests;

/// <summary>An execution that does what its input says, so that the API is tested on the real engine without models.</summary>
/// <remarks><c>mode</c>: echo (the default), wait (for a signal), fail (with a document), crash (the orchestrator throws).</remarks>
internal sealed class ScriptedWorkflow : IOrchestrator<RunWorkflowInput, WorkflowResult>
{
    public async Task<WorkflowResult> RunAsync(IOrchestrationContext context, RunWorkflowInput input)
    {
        var startedAt = context.CurrentUtcDateTime;
        var loaded = await context.CallActivityAsync<LoadedWorkflow>(
            StepNames.LoadWorkflow, new LoadWorkflowRequest(context.InstanceId, input, startedAt));
        var nodes = new List<NodeTrace>();
        var outputs = new JsonObject();
        foreach (var (name, adopted) in loaded.Adopted)
        {
            nodes.Add(adopted with { Reason = "adopted" });
            outputs[name] = loaded.AdoptedOutputs![name]?.DeepClone();
        }

        var mode = input.Input["mode"]?.GetValue<string>();
        JsonNode? signalled = null;
        if (mode == "wait")
        {
            context.SetCustomStatus(
                new ExecutionProgress { NodesTotal = 2, Running = ["hello"], Waiting = [new WaitingFor("hello", "go", null)] });
            signalled = (await context.WaitForExternalEvent<SignalEvent>(StepNames.SignalEventName)).Data;
        }

        if (mode == "crash")
        {
            throw new InvalidOperationException("The orchestrator broke.");
        }

        foreach (var id in new[] { "hello", "shout" }.Where(id => !outputs.ContainsKey(id)))
        {
            outputs[id] = new JsonObject { ["output"] = id + "!" };
            nodes.Add(new NodeTrace { NodeId = id, Kind = "agent", Agent = "simple",
                Status = mode == "fail" ? NodeStatus.Failed : NodeStatus.Completed, StartedAt = startedAt, DurationMs = 3,
                CostUsd = 0.01 });
            context.SetCustomStatus(new ExecutionProgress { NodesTotal = 2, NodesCompleted = nodes.Count, Recent = nodes });
        }

        var failure = mode == "fail" ? new FailureDetails("tool_failed", "The tool said no.") : null;
        var status = failure is null ? ExecutionStatus.Completed : ExecutionStatus.Failed;
        var output = new JsonObject { ["input"] = input.Input.DeepClone(), ["context"] = input.Context.DeepClone(),
            ["signal"] = signalled?.DeepClone() };
        var document = new ExecutionDocument
        {
            ExecutionId = context.InstanceId,
            WorkflowId = input.WorkflowId,
            WorkflowVersion = "1.2.3",
            Status = status,
            StartedAt = startedAt,
            CompletedAt = context.CurrentUtcDateTime,
            TotalCostUsd = 0.02,
            Input = input.Input,
            Outputs = outputs,
            Output = output,
            Error = failure is null ? null : new ExecutionError(failure.Code, failure.Message, "hello"),
            Trace = new ExecutionTrace { Nodes = nodes },
        };
        await context.CallActivityAsync<RecordedExecution>(StepNames.RecordExecution, document);
        return new WorkflowResult(status, output.DeepClone(), failure, 0.02);
    }
}
