using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Agents;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Steps;

/// <summary>Runs one step under its policy: attempts with durable waits, and a time limit over all of them.</summary>
internal sealed class StepRunner(WorkflowRun run)
{
    private static readonly TimeSpan LongestAskedWait = TimeSpan.FromMinutes(5);
    private readonly AgentSteps _agents = new(run);
    private readonly ToolSteps _tools = new(run);

    /// <summary>Runs a step to its end. A failure is a value.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<StepOutcome> RunAsync(StepJob job, CancellationToken cancellationToken)
    {
        var limit = job.Policy.Timeout ?? run.Definition.Defaults.Timeout ?? _agents.TimeoutOf(job.Step);
        var (timedOut, outcome) = await TimeLimit.RunAsync(run.Context, limit, token => AttemptAsync(job, token), cancellationToken);
        return timedOut || outcome is null
            ? (outcome ?? new StepOutcome(null, null)) with
            {
                Output = null,
                Failure = new FailureDetails("timeout",
                    $"Node '{job.NodeId}' took longer than {limit?.TotalSeconds:0.###} s, its retries included. Raise its timeout, or "
                    + $"make it do less."),
            }
            : outcome;
    }

    private async Task<StepOutcome> AttemptAsync(StepJob job, CancellationToken cancellationToken)
    {
        var policy = job.Policy.Retry ?? run.Definition.Defaults.Retry;
        var began = run.Context.CurrentUtcDateTime;
        var spent = new AgentLedger();
        for (var attempt = 1; ; attempt++)
        {
            var left = policy is null ? (int?)null : Math.Max(1, policy.MaxAttempts - attempt + 1);
            var outcome = await OnceAsync(job, $"{job.Key}/{attempt}", left, cancellationToken);
            var wait = policy is null || outcome.Failure is null
                ? null
                : RetryBackoff.NextDelay(
                    policy, outcome.Failure, attempt, run.Context.CurrentUtcDateTime - began, run.Context.InstanceId, job.Key);
            if (wait is not { } delay)
            {
                return outcome with { Attempt = attempt, Usage = attempt == 1 ? outcome.Usage : Sum(spent, outcome.Usage) };
            }

            spent.Add(outcome.Usage);
            spent.Warn($"Attempt {attempt} failed ({outcome.Failure?.Code}) and was made again.");
            var asked = outcome.RetryAfter is { } after && after < LongestAskedWait ? after : TimeSpan.Zero;
            await run.Context.CreateTimer(delay > asked ? delay : asked, cancellationToken);
        }
    }

    private async Task<StepOutcome> OnceAsync(StepJob job, string key, int? attemptsLeft, CancellationToken cancellationToken)
    {
        try
        {
            return job.Step switch
            {
                AgentStep agent => await _agents.RunAsync(job, agent, key, cancellationToken),
                ToolStep tool => await _tools.RunAsync(job, tool, key, attemptsLeft, cancellationToken),
                TransformStep transform => new StepOutcome(await TransformAsync(job, transform, cancellationToken), null),
                SubWorkflowStep child => await RunChildAsync(job, child, key, cancellationToken),
                _ => StepOutcome.Failed("unknown_step", $"Node '{job.NodeId}' is of a kind that this version does not know."),
            };
        }
        catch (WeftException exception)
        {
            return StepOutcome.Of(exception);
        }
    }

    private async Task<JsonNode?> TransformAsync(StepJob job, TransformStep transform, CancellationToken cancellationToken)
    {
        if (transform.Value is null)
        {
            return job.With?.DeepClone();
        }

        var frame = run.Scope.Frame(job.Predecessors, job.Locals);
        return await run.Rendering.DataAsync(transform.Value, frame, run.StepScope(job.NodeId) with { Env = job.Env }, cancellationToken);
    }

    private async Task<StepOutcome> RunChildAsync(StepJob job, SubWorkflowStep child, string key, CancellationToken cancellationToken)
    {
        if (run.Input.Depth >= WorkflowRun.DeepestNesting)
        {
            return StepOutcome.Failed("too_deep",
                $"Node '{job.NodeId}' would start '{child.WorkflowId}' {run.Input.Depth + 1} levels deep; at most "
                + $"{WorkflowRun.DeepestNesting} are allowed. Does a workflow run itself?");
        }

        var workflowId = await run.Rendering.TextAsync(
            child.WorkflowId, run.Scope.Frame(job.Predecessors, job.Locals), run.StepScope(job.NodeId), cancellationToken);
        if (job.With is not (null or JsonObject))
        {
            return StepOutcome.Failed(
                "invalid_input", $"Node '{job.NodeId}' gives '{workflowId}' an input that is no object. Write its fields under 'with'.");
        }

        var input = new RunWorkflowInput(workflowId, "", job.With?.DeepClone().AsObject() ?? [], run.Input.Context)
        {
            ParentExecutionId = run.ExecutionId,
            Depth = run.Input.Depth + 1,
            StartedBy = "workflow",
        };
        var result = await run.Context.CallSubOrchestrationAsync<WorkflowResult>(
            StepNames.RunWorkflow,
            input,
            new SubOrchestrationOptions { InstanceId = InstanceIds.Of(run.ExecutionId, key), CancellationToken = cancellationToken });
        var usage = new AgentUsage
        {
            CostUsd = result.TotalCostUsd,
            CostByModel =
                result.TotalCostUsd > 0 ? new Dictionary<string, double> { [$"workflow:{workflowId}"] = result.TotalCostUsd } : [],
        };
        var failed = result.Status is ExecutionStatus.Failed or ExecutionStatus.Cancelled;
        return new StepOutcome(failed ? null : result.Output, failed ? Explain(result, workflowId) : null) { Usage = usage };
    }

    private static FailureDetails Explain(WorkflowResult result, string workflowId) => result.Failure is { } failure
        ? failure with { Message = $"Workflow '{workflowId}': {failure.Message}" }
        : new FailureDetails("workflow_failed", $"Workflow '{workflowId}' ended as {result.Status.Word()}.");

    private static AgentUsage Sum(AgentLedger spent, AgentUsage last)
    {
        spent.Add(last);
        return spent.ToUsage() with { Model = last.Model, Provider = last.Provider, Iterations = last.Iterations };
    }
}
