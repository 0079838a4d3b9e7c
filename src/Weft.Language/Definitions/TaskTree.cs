namespace Weft.Language.Definitions;

/// <summary>Walks the tasks of a definition, those that tasks hold included.</summary>
public static class TaskTree
{
    /// <summary>Every task of a definition, parents first, in file order; of a graph none.</summary>
    public static IEnumerable<TaskDefinition> Of(WorkflowDefinition definition) =>
        definition.Body is SequenceBody body ? Of(body.Tasks) : [];

    /// <summary>Every task of a list, with those that they hold, parents first, in file order.</summary>
    public static IEnumerable<TaskDefinition> Of(IEnumerable<TaskDefinition> tasks)
    {
        foreach (var task in tasks)
        {
            yield return task;
            foreach (var child in Of(task.Children()))
            {
                yield return child;
            }
        }
    }

    /// <summary>Every step of a definition, with the id of its node or task, in file order.</summary>
    public static IEnumerable<(string NodeId, Step Step)> StepsOf(WorkflowDefinition definition) => definition.Body is GraphBody graph
        ? graph.Nodes.Select(x => (x.Id, x.Step))
        : Of(definition).OfType<BasicTask>().Select(x => (x.Id, x.Step));

    /// <summary>Whether a list is driven by transitions: one that names any has no other order, and a task without one ends it.</summary>
    public static bool IsDriven(IEnumerable<TaskDefinition> list) =>
        list.Any(x => x.OnSuccess is not null || x.OnError is not null || x.WhenTimeIsUp() is not null);
}
