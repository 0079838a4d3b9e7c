using System.Text.Json;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Expressions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Sequences;

/// <summary>Tasks that decide what runs: routers, gates, loops, composites and aggregates.</summary>
internal sealed partial class TaskRunner
{
    public async Task<TaskWork> RouterAsync(TaskJob job, RouterTask router, CancellationToken cancellationToken)
    {
        var text = Template.HasTags(router.Condition) ? router.Condition : $"{{{{ {router.Condition} }}}}";
        var key = KeyOf(await run.Rendering.DataAsync(text, FrameOf(job), job.Scope, cancellationToken));
        var route = router.Routes.FirstOrDefault(x => x.Key == key)
            ?? router.Routes.FirstOrDefault(x => string.Equals(x.Key, key, StringComparison.OrdinalIgnoreCase))
            ?? router.Routes.FirstOrDefault(x => x.Key == "default");
        if (route is null)
        {
            return TaskWork.Failed(
                "no_route",
                $"The router '{job.Id}' has no route for "
                + $"'{key.Clip(MostShown)}'.{NearMiss.HintOrList(key, router.Routes.Select(x => x.Key), "Its routes")} Add one, or a "
                + $"route 'default'.");
        }

        var output = new JsonObject { ["condition"] = key, ["router_type"] = "conditional" };
        if (route.Task is null)
        {
            var target = await run.Rendering.TextAsync(route.Target ?? "", FrameOf(job), job.Scope, cancellationToken);
            output["route_taken"] = target;
            return TaskWork.Done(output) with { Goto = target, NotTaken = [.. TargetsOf(router).Where(x => x != target)] };
        }

        var taken = await RunAsync(route.Task, Below(job), cancellationToken);
        output["route_taken"] = taken.Id;
        switch (taken.Output)
        {
            case JsonObject fields when PayloadReference.HashOf(fields) is null:
                output.Lay(fields);
                break;
            case { } value:
                output["value"] = value.DeepClone();
                break;
            default:
                break;
        }

        // The inline task is the next one: where it goes on to, the router does.
        var next = taken.Goto is { } decided ? new Transition(decided, taken.GotoWith)
            : taken.Failed ? route.Task.OnError : route.Task.OnSuccess;
        var failed = taken.Failed && !route.Task.ContinueOnError;
        return new TaskWork(new StepOutcome(failed ? null : output, failed ? taken.Failure : null))
        {
            Goto = next?.Next,
            GotoWith = next?.With,
            NotTaken = [.. TargetsOf(router).Where(x => x != next?.Next)],
            EndsRun = taken.EndsRun,
            Children = Facts([taken]),
        };
    }

    public async Task<TaskWork> GateAsync(TaskJob job, GateTask gate, CancellationToken cancellationToken)
    {
        var holds = await run.Rendering.HoldsAsync(gate.Condition, FrameOf(job), job.Scope, cancellationToken);
        var decided = Decided(new TaskOutcome(job.Id, NodeStatus.Completed, null, null), gate, holds);
        return TaskWork.Done(new JsonObject { ["condition_result"] = holds }) with
        {
            Goto = decided.Goto,
            NotTaken = decided.NotTaken,
            EndsList = decided.EndsList,
        };
    }

    public async Task<TaskWork> AggregateAsync(TaskJob job, AggregateTask aggregate, CancellationToken cancellationToken) =>
        TaskWork.Done(
            await run.Rendering.DataAsync(aggregate.Outputs, FrameOf(job, "output", new JsonObject()), job.Scope, cancellationToken));

    private static TaskOutcome Decided(TaskOutcome outcome, GateTask gate, bool holds) => outcome with
    {
        Goto = holds ? gate.Then : gate.Else,
        NotTaken = gate is { Then: { } then, Else: { } other } && then != other ? [holds ? other : then] : [],
        EndsList = !holds && gate.Else is null ? $"the condition of '{gate.Id}' was false: {gate.Condition.Expression}" : null,
    };

    public async Task<TaskWork> CompositeAsync(TaskJob job, CompositeTask composite, CancellationToken cancellationToken)
    {
        var list = await new TaskList(this, composite.Tasks, Below(job) with { With = null }).RunAsync(failFast: true, cancellationToken);
        return OfList(list, list.ToOutputs());
    }

    public async Task<TaskWork> LoopAsync(TaskJob job, LoopTask loop, CancellationToken cancellationToken)
    {
        var most = Math.Clamp(loop.MaxIterations, 1, 10_000);
        var output = new JsonObject { ["iterations"] = 0, ["exhausted"] = false, ["last"] = null };
        ListOutcome? last = null;
        for (var round = 1; ; round++)
        {
            var locals = new JsonObject { ["iteration"] = round, ["index"] = round - 1, ["last"] = output["last"]?.DeepClone() };
            var place = Below(job, locals);
            if (loop.While is { } condition && !await HoldsAsync(condition, job, place.Locals, output, cancellationToken))
            {
                break;
            }

            if (round > most)
            {
                output["exhausted"] = true;
                break;
            }

            last = await new TaskList(this, loop.Tasks, place).RunAsync(failFast: true, cancellationToken);
            output["iterations"] = round;
            output["last"] = last.ToOutputs();
            if (last.Unhandled is not null || last.EndsRun)
            {
                break;
            }

            if (loop.Until is { } until && await HoldsAsync(until, job, place.Locals, output, cancellationToken))
            {
                break;
            }

            if (round == most && loop.While is null)
            {
                output["exhausted"] = loop.Until is not null;
                break;
            }
        }

        return last is null ? TaskWork.Done(output) : OfList(last, output);
    }

    private Task<bool> HoldsAsync(
        ConditionDefinition condition, TaskJob job, JsonObject locals, JsonObject output, CancellationToken cancellationToken)
    {
        var seen = job.Locals.DeepClone().AsObject().Lay(locals);
        return run.Rendering.HoldsAsync(condition, run.Scope.Frame([], seen).Set("output", output["last"]), job.Scope, cancellationToken);
    }

    private static TaskWork OfList(ListOutcome list, JsonObject output) =>
        new(new StepOutcome(list.Unhandled is null ? output : null, list.Unhandled?.Failure))
        {
            EndsRun = list.EndsRun,
            Children = Facts(list.Tasks),
        };

    private static JsonObject Facts(IEnumerable<TaskOutcome?> outcomes)
    {
        var facts = new JsonObject();
        foreach (var outcome in outcomes.OfType<TaskOutcome>())
        {
            var child =
                new JsonObject { ["id"] = outcome.Id, ["status"] = outcome.Status.Word(), ["output"] = outcome.Output?.DeepClone() };
            if (outcome.Failure is { } failure)
            {
                child["error"] = new JsonObject { ["code"] = failure.Code, ["message"] = failure.Message };
            }

            facts[outcome.Id] = child;
        }

        return facts;
    }

    /// <summary>The tasks of the list that a task's own decision can lead to, as far as they are written out.</summary>
    private static IReadOnlyList<string> TargetsOf(TaskDefinition task) =>
        [.. task.Branches().Select(x => x.Target).Distinct(StringComparer.Ordinal)];

    private static string KeyOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.String => value.GetValue<string>().Trim(),
        _ => value.ToJsonString(WeftJson.Options),
    };
}
