using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Language.Expressions.Values;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Sequences;

/// <summary>Runs a list of tasks: in order, or driven by transitions when any task names one.</summary>
internal sealed class TaskList(TaskRunner runner, IReadOnlyList<TaskDefinition> tasks, TaskPlace place)
{
    private readonly HashSet<string> _passedOver = new(StringComparer.Ordinal);
    private readonly List<TaskOutcome> _outcomes = [];

    /// <summary>Whether the list is driven by transitions: then a task without one ends it.</summary>
    private readonly bool _driven = TaskTree.IsDriven(tasks);

    /// <summary>Runs the list to its end.</summary>
    /// <param name="failFast">Whether a failure that nothing handles ends it.</param>
    /// <param name="cancellationToken">Ends it from outside.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ListOutcome> RunAsync(bool failFast, CancellationToken cancellationToken)
    {
        TaskOutcome? unhandled = null;
        JsonObject? gained = null;
        JsonObject? error = null;
        for (var at = 0; at >= 0 && at < tasks.Count;)
        {
            var task = tasks[at];
            var here = place with { Gained = gained, Locals = error is null ? place.Locals : With(place.Locals, "error", error) };
            var outcome = await runner.RunAsync(task, here, cancellationToken);
            _outcomes.Add(outcome);
            (gained, error) = (null, null);
            if (runner.State.Fatal is { } fatal)
            {
                return new ListOutcome(_outcomes, outcome with { Status = NodeStatus.Failed, Failure = fatal });
            }

            foreach (var id in outcome.NotTaken)
            {
                _passedOver.Add(id);
            }

            Transition? transition;
            if (outcome.Failed && outcome.Goto is null && task.OnError is null && !task.ContinueOnError)
            {
                unhandled ??= outcome;
                if (failFast)
                {
                    return new ListOutcome(_outcomes, unhandled);
                }

                transition = task.OnSuccess;
            }
            else
            {
                transition = outcome.Goto is { } target ? new Transition(target, outcome.GotoWith)
                    : outcome.Failed && task.OnError is not null ? task.OnError : task.OnSuccess;
            }

            if (outcome.EndsRun)
            {
                return new ListOutcome(_outcomes, unhandled) { EndsRun = true };
            }

            if (outcome.EndsList is { } reason)
            {
                SkipRest(at + 1, reason);
                break;
            }

            if (transition is null)
            {
                at = _driven ? -1 : NextInOrder(at);
                continue;
            }

            try
            {
                error = outcome.Failed ? ErrorFacts.Of(outcome.Failure, outcome.Id) : null;
                (at, gained) = await FollowAsync(transition, outcome, cancellationToken);
            }
            catch (WeftException exception)
            {
                var failure = StepOutcome.Of(exception).Failure;
                return new ListOutcome(_outcomes, outcome with { Status = NodeStatus.Failed, Failure = failure });
            }
        }

        return new ListOutcome(_outcomes, unhandled);
    }

    private async Task<(int At, JsonObject? Gained)> FollowAsync(
        Transition transition, TaskOutcome outcome, CancellationToken cancellationToken)
    {
        var locals = With(place.Locals, "output", outcome.Output);
        if (outcome.Failed)
        {
            locals["error"] = ErrorFacts.Of(outcome.Failure, outcome.Id);
        }

        var frame = runner.Run.Scope.Frame([], locals);
        var scope = runner.Run.StepScope(outcome.Id);
        var next = Template.HasTags(transition.Next)
            ? await runner.Run.Rendering.TextAsync(transition.Next, frame, scope, cancellationToken) : transition.Next;
        for (var i = 0; i < tasks.Count; i++)
        {
            if (tasks[i].Id == next)
            {
                _passedOver.Remove(next);
                return (i, await runner.Run.Rendering.DataAsync(transition.With, frame, scope, cancellationToken) as JsonObject);
            }
        }

        throw new WeftException(
            "unknown_task", Fault.Invalid,
            $"The task '{outcome.Id}' goes on to '{next}', which is not in its "
            + $"list.{NearMiss.HintOrList(next, tasks.Select(x => x.Id), "Tasks of this list")}");
    }

    private int NextInOrder(int at)
    {
        do
        {
            at++;
        }
        while (at < tasks.Count && _passedOver.Contains(tasks[at].Id));

        return at;
    }

    private void SkipRest(int from, string reason)
    {
        var seen = _outcomes.Select(x => x.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var task in tasks.Skip(from).Where(x => !seen.Contains(x.Id)))
        {
            runner.NoteSkipped(task, task.Id, place, reason);
        }
    }

    internal static JsonObject With(JsonObject locals, string name, JsonNode? value)
    {
        var copy = locals.DeepClone().AsObject();
        copy[name] = value?.DeepClone();
        return copy;
    }
}
