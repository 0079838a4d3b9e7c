using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Steps;

/// <summary>Calls a tool without a model.</summary>
internal sealed class ToolSteps
{
    private readonly WorkflowRun _run;
    private readonly ToolCallPolicy _calls;

    public ToolSteps(WorkflowRun run)
    {
        _run = run;
        var question = new OutcomeQuestion(run);
        _calls = new ToolCallPolicy(run.Context, (call, failure, token) => question.AskAsync(call.Scope.NodeId, failure.Message, token));
    }

    /// <summary>Makes one attempt of a tool step.</summary>
    /// <param name="job">The step's job.</param>
    /// <param name="step">The step.</param>
    /// <param name="key">The call's id.</param>
    /// <param name="attemptsLeft">The attempts that the step's retry policy still has, this one included; null: it has none.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<StepOutcome> RunAsync(StepJob job, ToolStep step, string key, int? attemptsLeft, CancellationToken cancellationToken)
    {
        if (job.With is not (null or JsonObject))
        {
            return StepOutcome.Failed("invalid_arguments",
                $"Node '{job.NodeId}' gives '{step.Tool}' arguments that are no object. Write them as fields under 'with'.");
        }

        var warnings = new List<string>();
        var request = new CallToolRequest
        {
            Scope = _run.StepScope(job.NodeId) with { Env = job.Env },
            CallId = key,
            Tool = step.Tool,
            Arguments = job.With?.DeepClone().AsObject() ?? [],
            EntityId = EntityChoice.AppOf(_run, step.Tool) is { } app ? EntityChoice.Of(_run, app, warnings) : null,
            Timeout = job.Policy.AttemptTimeout ?? _run.Definition.Defaults.AttemptTimeout,
            OnUnknownOutcome = step.OnUnknownOutcome,
            AttemptsLeft = attemptsLeft,
        };
        var traces = new List<ToolCallTrace>();
        var (outcome, skipped) = await _calls.RunAsync(request, x => traces.Add(Traces.Of(step.Tool, x)), cancellationToken);
        return outcome switch
        {
            ToolOutcome.Succeeded succeeded => Outcome(succeeded.Output, null),
            ToolOutcome.Failed when skipped => Outcome(null, null),
            ToolOutcome.Failed { Failure: var failure } => Outcome(
                null,
                new FailureDetails(
                    failure.Kind, $"Node '{job.NodeId}', tool '{step.Tool}': {failure.Message}", !failure.Retryable, failure.Details)) with
            {
                RetryAfter = failure.RetryAfterMs is { } asked ? TimeSpan.FromMilliseconds(asked) : null,
            },
            _ => throw new InvalidOperationException("A tool outcome of an unknown kind."),
        };

        StepOutcome Outcome(JsonNode? output, FailureDetails? failure) =>
            new(output, failure) { Usage = new AgentUsage { ToolCalls = traces }, Warnings = warnings };
    }
}
