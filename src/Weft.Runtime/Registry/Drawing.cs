using Weft.Language.Definitions;
using Weft.Language;

namespace Weft.Runtime.Registry;

/// <summary>A workflow as nodes and edges, whatever its dialect.</summary>
internal sealed record Drawing(IReadOnlyList<DrawnNode> Nodes, IReadOnlyList<DrawnEdge> Edges)
{
    public const string Start = "START";
    private const int LongestLabel = 60;

    public static Drawing Of(WorkflowDefinition definition) => definition.Body switch
    {
        GraphBody graph => OfGraph(graph),
        SequenceBody sequence => OfSequence(sequence),
        _ => new Drawing([], []),
    };

    private static Drawing OfGraph(GraphBody graph)
    {
        var nodes = graph.Nodes.Select(n => Node(n.Id, n.Step)).ToList();
        var edges = graph.Edges.Select(e => new DrawnEdge(e.From, e.To, Label(e.Condition))).ToList();
        edges.AddRange(
            graph.Nodes.Where(n => n.OnError?.Next is not null).Select(
                n => new DrawnEdge(n.Id, n.OnError!.Next!, "on error", true))); // Where says so.
        var targets = edges.Select(e => e.To).ToHashSet(StringComparer.Ordinal);
        edges.InsertRange(0, graph.Nodes.Where(n => !targets.Contains(n.Id)).Select(n => new DrawnEdge(Start, n.Id)));
        return WithTerminals(nodes, edges);
    }

    private static Drawing OfSequence(SequenceBody sequence)
    {
        var nodes = new List<DrawnNode>();
        AddTasks(nodes, sequence.Tasks, null);
        var edges = new List<DrawnEdge>();
        var tasks = sequence.Tasks;
        var known = tasks.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        var driven = TaskTree.IsDriven(tasks) || tasks.Any(t => t is RouterTask);
        if (tasks.Count > 0)
        {
            edges.Add(new DrawnEdge(Start, tasks[0].Id));
        }

        for (var i = 0; i < tasks.Count; i++)
        {
            var task = tasks[i];
            var next = driven || task.Final || i + 1 == tasks.Count ? GraphBody.End : tasks[i + 1].Id;
            edges.AddRange(Ways(task, next).Where(e => known.Contains(e.To) || e.To == GraphBody.End));
        }

        return WithTerminals(nodes, edges);
    }

    private static IEnumerable<DrawnEdge> Ways(TaskDefinition task, string next)
    {
        if (task is GateTask gate)
        {
            yield return new DrawnEdge(task.Id, gate.Then ?? next, Label(gate.Condition) ?? "then");
            yield return new DrawnEdge(task.Id, gate.Else ?? GraphBody.End, "else");
        }
        else
        {
            foreach (var branch in task.Branches())
            {
                yield return new DrawnEdge(task.Id, branch.Target, branch.Key.Clip(LongestLabel));
            }

            if ((task.OnSuccess?.Next ?? (task is RouterTask ? null : next)) is { } onward)
            {
                yield return new DrawnEdge(task.Id, onward);
            }
        }

        if (task.OnError is { } error)
        {
            yield return new DrawnEdge(task.Id, error.Next, "on error", true);
        }

        if (task.WhenTimeIsUp() is { } late)
        {
            yield return new DrawnEdge(task.Id, late.Next, "on timeout", true);
        }
    }

    private static void AddTasks(List<DrawnNode> nodes, IEnumerable<TaskDefinition> tasks, string? parent)
    {
        foreach (var task in tasks)
        {
            var word = TaskKinds.WordOf(task);
            nodes.Add(task is BasicTask basic ? Node(task.Id, basic.Step) with { Parent = parent }
                : new DrawnNode(task.Id, word, word, parent));
            AddTasks(nodes, task.Children(), task.Id);
        }
    }

    private static Drawing WithTerminals(List<DrawnNode> nodes, List<DrawnEdge> edges)
    {
        nodes.Insert(0, new DrawnNode(Start, "terminal", ""));
        if (edges.Any(e => e.To == GraphBody.End))
        {
            nodes.Add(new DrawnNode(GraphBody.End, "terminal", ""));
        }

        return new Drawing(nodes, edges);
    }

    private static DrawnNode Node(string id, Step step) => new(id, TaskKinds.WordOf(step), step switch
    {
        AgentStep agent => agent.Agent,
        ToolStep tool => tool.Tool,
        SubWorkflowStep child => child.WorkflowId,
        _ => TaskKinds.WordOf(step),
    });

    private static string? Label(ConditionDefinition? condition) =>
        condition is null or { Type: "always" } ? null : condition.Expression.Clip(LongestLabel);
}
