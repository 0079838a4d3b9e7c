using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Expressions;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;
using Weft.Workflows.Steps;

namespace Weft.Workflows.Sequences;

/// <summary>Runs one task from its condition to its output, whatever its type.</summary>
internal sealed partial class TaskRunner(WorkflowRun run)
{
    /// <summary>The most of a text that a failure shows.</summary>
    private const int MostShown = 301;

    private readonly StepRunner _steps = new(run);
    private readonly NodeLifecycle _lifecycle = new(run, publishes: true);

    public WorkflowRun Run => run;

    public SequenceState State { get; } = new(run.MostTaskRuns);

    /// <summary>Runs a task to its end. A failure is a value.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<TaskOutcome> RunAsync(TaskDefinition task, TaskPlace place, CancellationToken cancellationToken)
    {
        if (!State.Enter(task.Id, place.Depth))
        {
            return new TaskOutcome(task.Id, NodeStatus.Failed, null, State.Fatal);
        }

        if (run.OverBudget() is { } overspent)
        {
            return Refuse(task, task.Id, place, overspent);
        }

        var id = task.Id;
        var locals = place.Locals.DeepClone().AsObject();
        try
        {
            if (Template.HasTags(id))
            {
                id = await run.Rendering.TextAsync(id, run.Scope.Frame([], locals), run.StepScope(task.Id), cancellationToken);
            }
        }
        catch (WeftException exception)
        {
            return Failed(task, id, _lifecycle.Fail(TraceOf(task, id, place), exception).Outcome);
        }

        return await RunAsync(task, id, place, locals, cancellationToken);
    }

    private async Task<TaskOutcome> RunAsync(
        TaskDefinition task, string id, TaskPlace place, JsonObject locals, CancellationToken cancellationToken)
    {
        TaskJob? job = null;
        TaskWork? work = null;
        var end = await _lifecycle.RunAsync(
            new NodeWork
            {
                Trace = TraceOf(task, id, place),
                Adopted = place.ParentId is null && run.Loaded.Adopted.TryGetValue(id, out var adopted) && State.Adopt(id) ? adopted : null,
                Condition = token => SkippedByAsync(task, id, locals, token),
                Run = async token =>
                {
                    job = await JobAsync(task, id, place, locals, token);
                    work = await WorkAsync(job, token);
                    return work.Outcome;
                },
                Shape = async (_, token) => (work = await ShapeAsync(job!, work!, token)).Outcome, // what succeeded has run
            },
            cancellationToken);
        switch (end.Fate)
        {
            case NodeFate.Adopted:
                return Adopted(task, id, end.Outcome.Output);
            case NodeFate.Skipped:
                NoteSkipped(task, id, place, end.Reason!); // a skipped task has one
                return new TaskOutcome(id, NodeStatus.Skipped, null, null) { NotTaken = TargetsOf(task) };
            default:
                return job is null || work is null ? Failed(task, id, end.Outcome) : Ended(job, work with { Outcome = end.Outcome });
        }
    }

    private async Task<string?> SkippedByAsync(TaskDefinition task, string id, JsonObject locals, CancellationToken cancellationToken)
    {
        locals["task"] = new JsonObject { ["id"] = id, ["type"] = TaskKinds.WordOf(task) };
        return task.When is { } when
            && !await run.Rendering.HoldsAsync(when, run.Scope.Frame([], locals), run.StepScope(id), cancellationToken)
            ? $"its condition was false: {when.Expression}"
            : null;
    }

    /// <summary>Waits as long as the task says, and makes ready what it works with.</summary>
    private async Task<TaskJob> JobAsync(
        TaskDefinition task, string id, TaskPlace place, JsonObject locals, CancellationToken cancellationToken)
    {
        if (task.Sleep is { } sleep)
        {
            await run.Context.CreateTimer(await DurationAsync(sleep, "sleep", id, locals, cancellationToken), cancellationToken);
        }

        var scope = run.StepScope(id);
        var env = await run.EnvAsync(task.Env, place.Env, () => run.Scope.Frame([], locals), scope, cancellationToken);
        scope = scope with { Env = env };
        var with = await InputAsync(task, place, locals, scope, cancellationToken);
        var policy = new StepPolicy
        {
            Retry = task.Policy.Retry ?? place.Policy.Retry,
            Timeout = task.Policy.Timeout,
            AttemptTimeout = task.Policy.AttemptTimeout ?? place.Policy.AttemptTimeout,
        };
        return new TaskJob(task, id, State.KeyOf(place.Path + id), place, locals, with, policy, env, scope);
    }

    /// <summary>Notes that a task will not run.</summary>
    public void NoteSkipped(TaskDefinition task, string id, TaskPlace place, string reason)
    {
        run.Scope.Skipped(id);
        run.Trace.Note(TraceOf(task, id, place) with { Status = NodeStatus.Skipped, Reason = reason });
    }

    private static NodeTrace TraceOf(TaskDefinition task, string id, TaskPlace place) => new()
    {
        NodeId = id,
        Kind = TaskKinds.WordOf(task),
        Agent = ((task as BasicTask)?.Step as AgentStep)?.Agent,
        Status = NodeStatus.Running,
        ParentId = place.ParentId,
    };

    private async Task<JsonNode?> InputAsync(
        TaskDefinition task, TaskPlace place, JsonObject locals, StepScope scope, CancellationToken cancellationToken)
    {
        var own = task.With is null ? null
            : await run.Rendering.DataAsync(task.With, run.Scope.Frame([], locals), scope, cancellationToken);
        JsonNode? with = own;
        if ((place.With ?? place.Gained) is not null && own is null or JsonObject)
        {
            with = new JsonObject().Lay(place.With).Lay(own as JsonObject).Lay(place.Gained);
        }

        if (with is JsonObject fields && task.InputSchema is { } schema)
        {
            with = JsonSchemaValidator.WithDefaults(schema, fields);
        }

        if (task.InputSchema is { } rules && !PayloadReference.IsIn(with)
            && JsonSchemaValidator.Validate(rules, with ?? new JsonObject(), Named) is { Count: > 0 } faults)
        {
            throw new WeftException(
                "invalid_input", Fault.Invalid,
                $"The input of task '{task.Id}' does not fit its schema: {string.Join("; ", faults.Take(5))}");
        }

        if (with is not null)
        {
            locals["with"] = with.DeepClone();
        }

        if (with is not null || place.Shown is not null)
        {
            locals["input"] = with is null or JsonObject ? new JsonObject().Lay(place.Shown).Lay(with as JsonObject) : with.DeepClone();
        }

        return with;
    }

    private async Task<TaskWork> WorkAsync(TaskJob job, CancellationToken cancellationToken)
    {
        // A basic task's own step keeps the limit, and waits have one of their own.
        var limit = job.Task is BasicTask || TaskKinds.Of(job.Task).OwnTimeout ? null : job.Policy.Timeout;
        var (timedOut, work) = await TimeLimit.RunAsync(run.Context, limit, token => ByTypeAsync(job, token), cancellationToken);
        return timedOut || work is null
            ? TaskWork.Failed(
                "timeout", $"The task '{job.Id}' took longer than {limit?.TotalSeconds:0.###} s. Raise its timeout, or make it do less.")
            : work;
    }

    private async Task<TaskWork> ByTypeAsync(TaskJob job, CancellationToken cancellationToken)
    {
        try
        {
            return await TaskRunners.RunAsync(this, job, cancellationToken);
        }
        catch (WeftException exception)
        {
            return new TaskWork(StepOutcome.Of(exception));
        }
    }

    public async Task<TaskWork> BasicAsync(TaskJob job, BasicTask task, CancellationToken cancellationToken)
    {
        var outcome = await _steps.RunAsync(
            new StepJob
            {
                NodeId = job.Id,
                Key = job.Key,
                Step = task.Step,
                Policy = job.Policy,
                With = job.With,
                Locals = job.Locals,
                Env = job.Env,
                Context = job.With as JsonObject ?? (task.Step is AgentStep ? run.Fields : null),
            },
            cancellationToken);
        if (outcome.Failure is null && task.Step is ToolStep tool && run.Definition.Dialect == Dialect.Tasks
            && SoftFailure(outcome.Output) is { } reported)
        {
            outcome = outcome with
            {
                Failure = new FailureDetails("tool_reported_failure",
                    $"Task '{job.Id}': the tool '{tool.Tool}' answered, but reports a failure: {reported}", NonRetryable: true,
                    outcome.Output?.DeepClone()),
            };
        }

        return new TaskWork(outcome);
    }

    /// <summary>
    /// What a tool's answer says went wrong: an <c>error</c> that is not empty, or <c>success: false</c>; null when it says neither.
    /// </summary>
    /// <remarks>Only tools are read so: what an agent or a transform calls <c>error</c> is its own affair.</remarks>
    private static string? SoftFailure(JsonNode? output)
    {
        if (output is not JsonObject answer || PayloadReference.HashOf(answer) is not null)
        {
            return null;
        }

        var says = answer["error"] switch
        {
            null => null,
            JsonArray { Count: 0 } or JsonObject { Count: 0 } => null,
            JsonValue value when value.GetValueKind() == JsonValueKind.False || value.ToString().Length == 0 => null,
            var error => error.ToJsonString(WeftJson.Options),
        };
        var fails = answer["success"] is JsonValue success
            && (success.GetValueKind() == JsonValueKind.False
                || string.Equals(success.ToString(), "false", StringComparison.OrdinalIgnoreCase));
        return says is not null ? says.Clip(MostShown) : fails ? "success is false" : null;
    }

    private JsonObject? Named(string name) => run.Definition.Schemas.GetValueOrDefault(name);

    private async Task<TimeSpan> DurationAsync(string text, string what, string id, JsonObject locals, CancellationToken cancellationToken)
    {
        var written = Template.HasTags(text)
            ? await run.Rendering.TextAsync(text, run.Scope.Frame([], locals), run.StepScope(id), cancellationToken) : text;
        return DurationText.TryParse(written, out var time)
            ? time
            : throw new WeftException(
                "invalid_duration", Fault.Invalid,
                $"The {what} of task '{id}' is '{written.Clip(MostShown)}', which is no duration. Write it as 30s, 5m, 1h30m or 7d.");
    }
}
