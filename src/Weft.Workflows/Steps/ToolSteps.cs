using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Steps;

/// <summary>Calls a tool without a model.</summary>
internal sealed class ToolSteps(WorkflowRun run)
{
    private readonly OutcomeQuestion _question = new(run);

    public async Task<StepOutcome> RunAsync(StepJob job, ToolStep step, string key, CancellationToken cancellationToken)
    {
        if (job.With is not (null or JsonObject))
        {
            return StepOutcome.Failed("invalid_arguments", $"Node '{job.NodeId}' gives '{step.Tool}' arguments that are no object. Write them as fields under 'with'.");
        }

        var app = run.Workflow.Tool(step.Tool) is null && step.Tool.IndexOf('.') is > 0 and var dot ? step.Tool[..dot] : null;
        var warnings = new List<string>();
        var request = new CallToolRequest
        {
            Scope = run.StepScope(job.NodeId) with { Env = job.Env },
            CallId = key,
            Tool = step.Tool,
            Arguments = job.With?.DeepClone().AsObject() ?? [],
            EntityId = app is null ? null : Entities.Of(run, app, warnings),
            Timeout = job.Policy.AttemptTimeout ?? run.Definition.Defaults.AttemptTimeout,
            OnUnknownOutcome = step.OnUnknownOutcome,
        };
        var traces = new List<ToolCallTrace>();
        for (var again = 1; ; again++)
        {
            var call = request with { CallId = again == 1 ? key : $"{key}.{again}" };
            var outcome = await run.Context.CallActivityAsync<ToolOutcome>(StepNames.CallTool, call, new ActivityOptions { CancellationToken = cancellationToken });
            if (outcome is ToolOutcome.Succeeded succeeded)
            {
                traces.Add(new ToolCallTrace(step.Tool, "success", succeeded.DurationMs));
                return Outcome(succeeded.Output, null);
            }

            var (failure, durationMs) = (ToolOutcome.Failed)outcome;
            traces.Add(new ToolCallTrace(step.Tool, "failed", durationMs, $"{failure.Kind}: {failure.Message}"));
            var choice = failure.Kind == "unknown_outcome" && step.OnUnknownOutcome == UnknownOutcomePolicy.Ask
                ? await _question.AskAsync(job.NodeId, failure.Message, cancellationToken)
                : "fail";
            switch (choice)
            {
                case "retry":
                    continue;
                case "skip":
                    return Outcome(null, null);
                default:
                    return Outcome(null, new FailureDetails(failure.Kind, $"Node '{job.NodeId}', tool '{step.Tool}': {failure.Message}", !failure.Retryable, failure.Details)) with
                    {
                        RetryAfter = failure.RetryAfterMs is { } asked ? TimeSpan.FromMilliseconds(asked) : null,
                    };
            }
        }

        StepOutcome Outcome(JsonNode? output, FailureDetails? failure) =>
            new(output, failure) { Usage = new AgentUsage { ToolCalls = traces }, Warnings = warnings };
    }
}
