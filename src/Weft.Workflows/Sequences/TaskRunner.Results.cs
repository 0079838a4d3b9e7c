using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions.Values;
using Weft.Language.Schemas;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Sequences;

/// <summary>How a task's result is shaped, kept and traced.</summary>
internal sealed partial class TaskRunner
{
    /// <summary>Shapes the output by the task's mapping, and holds it against its schema.</summary>
    private async Task<TaskWork> ShapeAsync(TaskJob job, TaskWork work, CancellationToken cancellationToken)
    {
        if (work.Outcome.Failure is not null)
        {
            return work;
        }

        try
        {
            var output = work.Outcome.Output;
            if (job.Task.Outputs is { } outputs && !TaskKinds.Of(job.Task).OwnOutputs)
            {
                var frame = FrameOf(job, "output", View(output, work.Children));
                if (work.Children is not null)
                {
                    frame.Set("children", work.Children);
                }

                output = await run.Rendering.DataAsync(outputs, frame, job.Scope, cancellationToken);
            }

            if (job.Task.OutputSchema is { } schema && !PayloadReference.IsIn(output)
                && JsonSchemaValidator.Validate(schema, output, Named) is { Count: > 0 } faults)
            {
                return work with
                {
                    Outcome = work.Outcome with
                    {
                        Failure = new FailureDetails("output_schema_violation",
                            $"The output of task '{job.Id}' does not fit its schema: {string.Join("; ", faults.Take(5))}",
                            NonRetryable: true),
                    },
                };
            }

            return work with { Outcome =
                work.Outcome with { Output = await run.Rendering.StoreAsync(output, job.Scope, cancellationToken) } };
        }
        catch (WeftException exception)
        {
            var failure = StepOutcome.Of(exception).Failure!; // Of always has a failure
            return work with { Outcome =
                work.Outcome with { Failure = failure with { Message = $"The outputs of task '{job.Id}': {failure.Message}" } } };
        }
    }

    private TaskOutcome Ended(TaskJob job, TaskWork work)
    {
        var outcome = work.Outcome;
        var failed = outcome.Failure is not null;
        var facts = new JsonObject { ["type"] = TaskKinds.WordOf(job.Task) };
        if (job.With is not null)
        {
            facts["input"] = job.With.DeepClone();
        }

        if (work.Children is not null)
        {
            facts["children"] = work.Children.DeepClone();
        }

        if (outcome.Failure is { } failure)
        {
            facts["error"] = new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message };
        }

        // What a failed tool answered stays readable for whoever handles the failure.
        var shown = job.Task.Outputs is null ? View(outcome.Output, work.Children) : null;
        run.Scope.Ended(job.Id, outcome.Output, failed ? NodeStatus.Failed : NodeStatus.Completed, facts, shown);
        return new TaskOutcome(job.Id, failed ? NodeStatus.Failed : NodeStatus.Completed, failed ? null : outcome.Output, outcome.Failure)
        {
            Goto = work.Goto,
            GotoWith = work.GotoWith,
            NotTaken = work.NotTaken,
            EndsList = failed ? null : work.EndsList,
            EndsRun = Ends(job.Task, failed) || (!failed && work.EndsRun),
        };
    }

    /// <summary>Whether the run ends with a task; one whose failure a handler takes goes on there.</summary>
    private static bool Ends(TaskDefinition task, bool failed) => task.Final && !(failed && task.OnError is not null);

    /// <summary>The end of a task that failed before it could work.</summary>
    private TaskOutcome Failed(TaskDefinition task, string id, StepOutcome outcome)
    {
        var failure = outcome.Failure!; // it is made of an exception
        run.Scope.Ended(id, null, NodeStatus.Failed,
            new JsonObject { ["error"] = new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message } });
        return new TaskOutcome(id, NodeStatus.Failed, null, failure) { EndsRun = Ends(task, failed: true) };
    }

    private TaskOutcome Refuse(TaskDefinition task, string id, TaskPlace place, FailureDetails failure)
    {
        run.Trace.Note(
            new NodeTrace
            {
                NodeId = id,
                Kind = TaskKinds.WordOf(task),
                Status = NodeStatus.Failed,
                ParentId = place.ParentId,
                Error = new ExecutionError(failure.Code, failure.Message, id),
            });
        return new TaskOutcome(id, NodeStatus.Failed, null, failure);
    }

    /// <summary>Takes a task that an earlier execution finished as done; a decision that it made stands.</summary>
    private TaskOutcome Adopted(TaskDefinition task, string id, JsonNode? output)
    {
        run.Scope.Ended(id, output, NodeStatus.Completed, new JsonObject { ["type"] = TaskKinds.WordOf(task) });
        var outcome = new TaskOutcome(id, NodeStatus.Completed, output, null) { EndsRun = task.Final };
        var facts = output as JsonObject ?? [];
        switch (task)
        {
            case RouterTask when facts["route_taken"]?.ToString() is { } route && TargetsOf(task).Contains(route, StringComparer.Ordinal):
                return outcome with { Goto = route, NotTaken = [.. TargetsOf(task).Where(x => x != route)] };
            case GateTask gate when facts["condition_result"] is JsonValue value && value.TryGetValue<bool>(out var held):
                return Decided(outcome, gate, held);
            default:
                return outcome;
        }
    }

    /// <summary>
    /// A group's output as templates see it: of a child whose output is an object, the fields answer to
    /// <c>group.output.child.field</c> and, where some text of the definition asks so, to <c>group.output.child.output.field</c>.
    /// </summary>
    private JsonNode? View(JsonNode? output, JsonObject? children)
    {
        if (children is null || output is not JsonObject members || PayloadReference.HashOf(output) is not null)
        {
            return output;
        }

        JsonObject? view = null;
        foreach (var (id, _) in children)
        {
            if (members[id] is JsonObject child && PayloadReference.HashOf(child) is null && !child.ContainsKey("output")
                && run.Workflow.AsksForOutputOf(id))
            {
                view ??= members.DeepClone().AsObject();
                view[id]!["output"] = child.DeepClone(); // a copy of what is there
            }
        }

        return view ?? output;
    }

    private ExpressionScope FrameOf(TaskJob job) => run.Scope.Frame([], job.Locals);

    private ExpressionScope FrameOf(TaskJob job, string name, JsonNode? value) => run.Scope.Frame([], job.Locals).Set(name, value);

    /// <summary>The place of a task's children.</summary>
    private static TaskPlace Below(TaskJob job, JsonObject? locals = null)
    {
        var inherited = job.Locals.DeepClone().AsObject();
        foreach (var own in new[] { "with", "input", "task", "output", "error" })
        {
            inherited.Remove(own);
        }

        inherited["parent"] = new JsonObject { ["id"] = job.Id, ["type"] = TaskKinds.WordOf(job.Task), ["input"] = job.With?.DeepClone(),
            ["parent"] = job.Locals["parent"]?.DeepClone() };
        inherited.Lay(locals);
        return new TaskPlace
        {
            Path = $"{job.Key}/",
            ParentId = job.Id,
            Depth = job.Place.Depth + 1,
            Locals = inherited,
            Shown = job.Place.Shown,
            Env = job.Env,
            Policy = job.Policy with { Timeout = null },
        };
    }
}
