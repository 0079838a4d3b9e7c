using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;
using Weft.Workflows.Graphs;
using Weft.Workflows.Sequences;
using Weft.Workflows.Steps;

namespace Weft.Workflows;

/// <summary>
/// One execution of a workflow (<see cref="StepNames.RunWorkflow"/>): loads the pinned definition, runs its body, records the
/// execution document, and answers the result. A failed workflow is a result too; only a fault of the product throws.
/// </summary>
/// <param name="compiled">The definitions that the host has compiled.</param>
internal sealed class WorkflowOrchestrator(CompiledWorkflows compiled) : IOrchestrator<RunWorkflowInput, WorkflowResult>
{
    private static readonly RetryPolicy Persistent = new() { MaxAttempts = 20, MaxDelay = TimeSpan.FromSeconds(30) };

    /// <summary>Gets the most task runs of one execution: the guard against transitions that go round in a circle.</summary>
    internal int MostTaskRuns { get; init; } = SequenceState.MostRuns;

    /// <inheritdoc/>
    public async Task<WorkflowResult> RunAsync(IOrchestrationContext context, RunWorkflowInput input)
    {
        var startedAt = context.CurrentUtcDateTime;
        using var ended = new CancellationTokenSource();
        WorkflowRun? run = null;
        LoadedWorkflow? loaded = null;
        BodyOutcome outcome;
        try
        {
            loaded = await context.CallActivityAsync<LoadedWorkflow>(
                StepNames.LoadWorkflow, new LoadWorkflowRequest(context.InstanceId, input, startedAt),
                new ActivityOptions { Retry = Persistent with { MaxAttempts = 5 } });
            run = new WorkflowRun(context, input, loaded, compiled.Of(loaded.ContentHash, loaded.DefinitionJson), startedAt,
                ended.Token) { MostTaskRuns = MostTaskRuns };
            run.Publish();
            outcome = Refuse(run) ?? await RunWithinTimeAsync(run);
            await ConversationTurn.RememberAsync(run, outcome);
        }
        catch (WeftException exception)
        {
            outcome = new BodyOutcome(ExecutionStatus.Failed, null, StepOutcome.Of(exception).Failure);
        }

        var document = Document(context, input, loaded, run, startedAt, outcome);
        await context.CallActivityAsync<RecordedExecution>(StepNames.RecordExecution, document, new ActivityOptions { Retry = Persistent });
        if (run is not null)
        {
            context.SetCustomStatus(run.Trace.ToProgress(outcome.Status));
        }

        ended.CancelNow();
        return new WorkflowResult(outcome.Status, outcome.Output, outcome.Failure, document.TotalCostUsd);
    }

    /// <summary>An input that does not fit the definition's schema ends the execution before it begins.</summary>
    private static BodyOutcome? Refuse(WorkflowRun run)
    {
        var faults = run.Definition.InputSchema is { } schema && !PayloadReference.IsIn(run.Fields)
            ? JsonSchemaValidator.Validate(schema, run.Fields, x => run.Definition.Schemas.GetValueOrDefault(x)) : [];
        return faults.Count == 0 ? null : new BodyOutcome(ExecutionStatus.Failed, null, new FailureDetails(
            "invalid_input",
            $"The input does not fit the schema of '{run.Definition.Id}': {string.Join("; ", faults.Take(10))}",
            NonRetryable: true,
            new JsonObject { ["faults"] = new JsonArray([.. faults.Select(x => (JsonNode)x.ToString())]) }));
    }

    private static async Task<BodyOutcome> RunWithinTimeAsync(WorkflowRun run)
    {
        var limit = run.Definition.Timeout;
        var (timedOut, outcome) = await TimeLimit.RunAsync(run.Context, limit, token => RunBodyAsync(run, token), CancellationToken.None);
        return !timedOut && outcome is not null ? outcome : new BodyOutcome(ExecutionStatus.Failed, null, new FailureDetails(
            "execution_timeout",
            $"The execution took longer than {limit?.TotalSeconds:0.###} s, the limit of '{run.Definition.Id}'. Raise its timeout.",
            NonRetryable: true));
    }

    private static async Task<BodyOutcome> RunBodyAsync(WorkflowRun run, CancellationToken cancellationToken)
    {
        var outcome = run.Definition.Body switch
        {
            GraphBody when run.Workflow.Graph is { } plan =>
                await new GraphBodyRun(run, plan, cancellationToken).RunAsync(cancellationToken),
            SequenceBody sequence => await new SequenceBodyRun(run, sequence).RunAsync(cancellationToken),
            _ => throw new WeftException(
                "unknown_body", Fault.Invalid, $"The body of '{run.Definition.Id}' is of a kind that this version does not know."),
        };
        if (outcome.Status == ExecutionStatus.Failed || run.Definition.Outputs is not { } outputs)
        {
            return outcome;
        }

        try
        {
            var locals = new JsonObject { ["output"] = outcome.Output?.DeepClone(), ["status"] = outcome.Status.Word() };
            return outcome with { Output =
                await run.Rendering.DataAsync(outputs, run.Scope.Frame([], locals), run.StepScope("outputs"), cancellationToken) };
        }
        catch (WeftException exception)
        {
            var failure = StepOutcome.Of(exception).Failure!; // Of always has a failure
            if (outcome.Status == ExecutionStatus.Partial)
            {
                run.Trace.Warn($"The outputs of the workflow could not be made: {failure.Message}");
                return outcome;
            }

            return new BodyOutcome(
                ExecutionStatus.Failed, null, failure with { Message = $"The outputs of the workflow: {failure.Message}" });
        }
    }

    private static ExecutionDocument Document(
        IOrchestrationContext context, RunWorkflowInput input, LoadedWorkflow? loaded, WorkflowRun? run, DateTime startedAt,
        BodyOutcome outcome)
    {
        var now = context.CurrentUtcDateTime;
        return new ExecutionDocument
        {
            ExecutionId = context.InstanceId,
            WorkflowId = input.WorkflowId,
            WorkflowVersion = run?.Definition.Version,
            Status = outcome.Status,
            StartedAt = startedAt,
            CompletedAt = now,
            DurationMs = (long)(now - startedAt).TotalMilliseconds,
            TotalCostUsd = RunTrace.Round(run?.Trace.TotalCostUsd ?? 0),
            Sandbox = loaded?.Sandbox ?? false,
            Input = input.Input,
            Outputs = run?.Scope.ToOutputs() ?? [],
            Output = outcome.Output,
            Error = outcome.Failure is { } failure ? new ExecutionError(failure.Code, failure.Message, outcome.FailedNode, failure.Details)
                : null,
            Trace = run?.Trace.ToDocument() ?? new ExecutionTrace(),
            ParentExecutionId = input.ParentExecutionId,
        };
    }
}
