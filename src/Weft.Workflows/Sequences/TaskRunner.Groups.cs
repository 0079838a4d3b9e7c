using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Sequences;

/// <summary>Tasks whose children run at the same time, or one for each item.</summary>
internal sealed partial class TaskRunner
{
    public async Task<TaskWork> ParallelAsync(TaskJob job, ParallelTask parallel, CancellationToken cancellationToken)
    {
        var children = parallel.Tasks.Select(
            child => (Func<CancellationToken, Task<TaskOutcome>>)(token => RunChildAsync(child, Below(job), token))).ToList();
        var outcomes = await TaskGroup.RunAsync(children, parallel.Strategy, parallel.MaxWorkers, cancellationToken);
        return OfGroup(job, parallel.Strategy, outcomes, ordered: false);
    }

    public async Task<TaskWork> CollectionAsync(TaskJob job, CollectionTask collection, CancellationToken cancellationToken)
    {
        var items = await ItemsAsync(job, collection, cancellationToken);
        var children = items.Select(
            (item, i) =>
                (Func<CancellationToken,
                    Task<TaskOutcome>>)(token => RunChildAsync(collection.Task, PlaceOf(job, collection, item, i), token))).ToList();
        var limit = collection.Sequential ? 1 : collection.MaxWorkers;
        var batch = collection.Batch > 0 && !collection.Sequential ? collection.Batch : Math.Max(1, children.Count);
        var outcomes = new List<TaskOutcome?>(children.Count);
        foreach (var part in children.Chunk(batch))
        {
            var ended = await TaskGroup.RunAsync(part, collection.Strategy, limit, cancellationToken);
            outcomes.AddRange(ended);
            if (ended.OfType<TaskOutcome>().Any(x => TaskGroup.Decides(collection.Strategy, x)) || State.Fatal is not null)
            {
                break;
            }
        }

        while (outcomes.Count < children.Count)
        {
            outcomes.Add(null);
        }

        return OfGroup(job, collection.Strategy, outcomes, ordered: true);
    }

    /// <summary>Runs a child of a group. It has no list to go on in: a failure that it passes over counts as none.</summary>
    private async Task<TaskOutcome> RunChildAsync(TaskDefinition child, TaskPlace place, CancellationToken cancellationToken)
    {
        var outcome = await RunAsync(child, place, cancellationToken);
        return outcome.Failed && child.ContinueOnError && State.Fatal is null
            ? outcome with { Status = NodeStatus.Completed, Failure = null } : outcome;
    }

    private async Task<IReadOnlyList<JsonNode?>> ItemsAsync(TaskJob job, CollectionTask collection, CancellationToken cancellationToken)
    {
        var rendered = await run.Rendering.DataAsync(collection.Items, FrameOf(job), job.Scope, cancellationToken);
        var items = CollectionItems.Of(await run.Rendering.OpenListAsync(rendered, job.Scope, cancellationToken));
        if (items.Count > SequenceState.MostRuns)
        {
            throw new WeftException(
                "too_many_items", Fault.Invalid,
                $"The collection '{job.Id}' has {items.Count:N0} items; an execution runs at most {SequenceState.MostRuns:N0} tasks. "
                + $"Split the list over sub-workflows.");
        }

        if (collection.Filter is not { } filter)
        {
            return items;
        }

        var kept = new List<JsonNode?>();
        for (var i = 0; i < items.Count; i++)
        {
            var locals = job.Locals.DeepClone().AsObject().Lay(ItemLocals(collection, items[i], i));
            if (CollectionItems.Keeps(await run.Rendering.DataAsync(filter, run.Scope.Frame([], locals), job.Scope, cancellationToken)))
            {
                kept.Add(items[i]);
            }
        }

        return kept;
    }

    private static TaskPlace PlaceOf(TaskJob job, CollectionTask collection, JsonNode? item, int index)
    {
        var locals = ItemLocals(collection, item, index);
        var place = Below(job, locals);
        return place with
        {
            Path = $"{place.Path}{index}/",
            With = job.With as JsonObject,
            Shown = new JsonObject().Lay(job.Place.Shown).Lay(locals),
        };
    }

    private static JsonObject ItemLocals(CollectionTask collection, JsonNode? item, int index) => new()
    {
        ["item"] = item?.DeepClone(),
        ["index"] = index,
        [collection.ItemVar] = item?.DeepClone(),
        [collection.IndexVar] = index,
    };

    /// <summary>
    /// A group's result. Its output: of a parallel task an object by child id, of a collection a list in the order of its items;
    /// children that failed or were cancelled are left out of either, and show under <c>children</c>.
    /// </summary>
    private TaskWork OfGroup(TaskJob job, GroupStrategy strategy, IReadOnlyList<TaskOutcome?> outcomes, bool ordered)
    {
        if (State.Fatal is { } fatal)
        {
            return TaskWork.Failed(fatal);
        }

        var children = Facts(outcomes);
        if (!TaskGroup.Succeeded(strategy, outcomes))
        {
            return TaskWork.Failed(Explain(job, strategy, outcomes)) with { Children = children };
        }

        var completed = outcomes.OfType<TaskOutcome>().Where(x => x.Status == NodeStatus.Completed);
        JsonNode output = ordered
            ? new JsonArray([.. completed.Select(x => x.Output?.DeepClone())])
            : new JsonObject(
                completed.GroupBy(x => x.Id, StringComparer.Ordinal).Select(x => KeyValuePair.Create(x.Key, x.Last().Output?.DeepClone())));
        return TaskWork.Done(output) with { Children = children, EndsRun = outcomes.OfType<TaskOutcome>().Any(x => x.EndsRun) };
    }

    private static FailureDetails Explain(TaskJob job, GroupStrategy strategy, IReadOnlyList<TaskOutcome?> outcomes)
    {
        var failed = outcomes.OfType<TaskOutcome>().Where(x => x.Failed).ToList();
        var named = string.Join("; ", failed.Take(5).Select(x => $"{x.Id}: {(x.Failure?.Message ?? "failed").Clip(MostShown)}"));
        return new FailureDetails(
            failed.Count == 1 ? failed[0].Failure?.Code ?? "children_failed" : "children_failed",
            $"The {TaskKinds.WordOf(job.Task)} task '{job.Id}' failed: {failed.Count} of its {outcomes.Count} children did (strategy "
            + $"{strategy.Word()}). {named}",
            NonRetryable: true,
            new JsonObject { ["failed"] = new JsonArray([.. failed.Select(x => (JsonNode)x.Id)]) });
    }
}
