using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Checks how the tasks of one list lead to each other.</summary>
internal sealed class TransitionCheck(
    DiagnosticBag bag, IReadOnlyList<(TaskDefinition Task, SourceMap Map)> tasks, IReadOnlyDictionary<string, SourceNode> everyId)
{
    private readonly HashSet<string> _ids = [.. tasks.Select(t => t.Task.Id)];
    private bool _leadsNowhere;

    public void Check()
    {
        foreach (var (task, map) in tasks)
        {
            foreach (var (target, at) in Targets(task, map))
            {
                CheckTarget(target, at, task.Id);
            }
        }

        if (!_leadsNowhere && TaskTree.IsDriven(tasks.Select(t => t.Task)))
        {
            CheckReached();
        }
    }

    private static IEnumerable<(string Target, SourceNode At)> Targets(TaskDefinition task, SourceMap map)
    {
        foreach (var (target, key) in new[]
        {
            (task.OnSuccess?.Next, "on_success"),
            (task.OnError?.Next, "on_error"),
            (task.WhenTimeIsUp()?.Next, "on_timeout"),
        })
        {
            if (target is not null)
            {
                yield return (target, map.Map(key)?.Value("next") ?? map.Value(key) ?? map);
            }
        }

        foreach (var branch in task.Branches())
        {
            yield return (branch.Target, map.Map("routes")?[branch.Key] ?? map.Value("default_route") ?? map);
        }
    }

    private void CheckTarget(string target, SourceNode at, string from)
    {
        if (_ids.Contains(target) || target.Contains("{{", StringComparison.Ordinal))
        {
            return;
        }

        var hint = everyId.ContainsKey(target)
            ? " It exists, but not in this list: a task can only go on to one beside it."
            : NearMiss.HintOrList(target, _ids, "Tasks of this list");
        _leadsNowhere = true;
        bag.Error(DiagnosticCodes.UnknownTask, at, $"The task '{from}' goes on to '{target}', which is not there.{hint}");
    }

    private void CheckReached()
    {
        var byId = tasks.ToDictionary(t => t.Task.Id);
        var reached = new HashSet<string>();
        var open = new Stack<string>([tasks[0].Task.Id]);
        while (open.TryPop(out var id))
        {
            if (!reached.Add(id) || !byId.TryGetValue(id, out var task))
            {
                continue;
            }

            foreach (var (target, _) in Targets(task.Task, task.Map))
            {
                if (target.Contains("{{", StringComparison.Ordinal))
                {
                    return;
                }

                open.Push(target);
            }
        }

        foreach (var (task, map) in tasks)
        {
            if (!reached.Contains(task.Id))
            {
                bag.Warn(
                    DiagnosticCodes.NeverReached,
                    map,
                    $"The task '{task.Id}' is never reached: other tasks of this list name what comes next, and none leads here. Name it "
                    + $"under an 'on_success', or remove all transitions to run in order.");
            }
        }
    }
}
