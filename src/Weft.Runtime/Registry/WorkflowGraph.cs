using Weft.Language.Definitions;
using Weft.Language;

namespace Weft.Runtime.Registry;

/// <summary>A workflow as nodes and edges, whatever its dialect.</summary>
internal sealed record WorkflowGraph(IReadOnlyList<WorkflowGraphNode> Nodes, IReadOnlyList<WorkflowGraphEdge> Edges)
{
    public const string Start = "START";
    private const int LongestLabel = 60;

    public static WorkflowGraph Of(WorkflowDefinition definition) => definition.Body switch
    {
        GraphBody graph => OfGraph(graph),
        SequenceBody sequence => OfSequence(sequence),
        _ => new WorkflowGraph([], []),
    };

    private static WorkflowGraph OfGraph(GraphBody graph)
    {
        var nodes = graph.Nodes.Select(n => Node(n.Id, n.Step)).ToList();
        var edges = graph.Edges.Select(e => new WorkflowGraphEdge(e.From, e.To, Label(e.Condition))).ToList();
        edges.AddRange(
            graph.Nodes.Where(n => n.OnError?.Next is not null).Select(
                n => new WorkflowGraphEdge(n.Id, n.OnError!.Next!, "on error", true))); // Where says so.
        var targets = edges.Select(e => e.To).ToHashSet(StringComparer.Ordinal);
        edges.InsertRange(0, graph.Nodes.Where(n => !targets.Contains(n.Id)).Select(n => new WorkflowGraphEdge(Start, n.Id)));
        return WithTerminals(nodes, edges);
    }

    private static WorkflowGraph OfSequence(SequenceBody sequence)
    {
        var nodes = new List<WorkflowGraphNode>();
        AddTasks(nodes, sequence.Tasks, null);
        var edges = new List<WorkflowGraphEdge>();
        var tasks = sequence.Tasks;
        var known = tasks.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        var driven = TaskTree.IsDriven(tasks) || tasks.Any(t => t is RouterTask);
        if (tasks.Count > 0)
        {
            edges.Add(new WorkflowGraphEdge(Start, tasks[0].Id));
        }

        for (var i = 0; i < tasks.Count; i++)
        {
            var task = tasks[i];
            var next = driven || task.Final || i + 1 == tasks.Count ? GraphBody.End : tasks[i + 1].Id;
            edges.AddRange(Ways(task, next).Where(e => known.Contains(e.To) || e.To == GraphBody.End));
        }

        return WithTerminals(nodes, edges);
    }

    private static IEnumerable<WorkflowGraphEdge> Ways(TaskDefinition task, string next)
    {
        if (task is GateTask gate)
        {
            yield return new WorkflowGraphEdge(task.Id, gate.Then ?? next, Label(gate.Condition) ?? "then");
            yield return new WorkflowGraphEdge(task.Id, gate.Else ?? GraphBody.End, "else");
        }
        else
        {
            foreach (var branch in task.Branches())
            {
                yield return new WorkflowGraphEdge(task.Id, branch.Target, branch.Key.Clip(LongestLabel));
            }

            if ((task.OnSuccess?.Next ?? (task is RouterTask ? null : next)) is { } onward)
            {
                yield return new WorkflowGraphEdge(task.Id, onward);
            }
        }

        if (task.OnError is { } error)
        {
            yield return new WorkflowGraphEdge(task.Id, error.Next, "on error", true);
        }

        if (task.WhenTimeIsUp() is { } late)
        {
            yield return new WorkflowGraphEdge(task.Id, late.Next, "on timeout", true);
        }
    }

    private static void AddTasks(List<WorkflowGraphNode> nodes, IEnumerable<TaskDefinition> tasks, string? parent)
    {
        foreach (var task in tasks)
        {
            var word = TaskKinds.WordOf(task);
            nodes.Add(task is BasicTask basic ? Node(task.Id, basic.Step) with { Parent = parent }
                : new WorkflowGraphNode(task.Id, word, word, parent));
            AddTasks(nodes, task.Children(), task.Id);
        }
    }

    private static WorkflowGraph WithTerminals(List<WorkflowGraphNode> nodes, List<WorkflowGraphEdge> edges)
    {
        nodes.Insert(0, new WorkflowGraphNode(Start, "terminal", ""));
        if (edges.Any(e => e.To == GraphBody.End))
        {
            nodes.Add(new WorkflowGraphNode(GraphBody.End, "terminal", ""));
        }

        return new WorkflowGraph(nodes, edges);
    }

    private static WorkflowGraphNode Node(string id, Step step) => new(id, TaskKinds.WordOf(step), step switch
    {
        AgentStep agent => agent.Agent,
        ToolStep tool => tool.Tool,
        SubWorkflowStep child => child.WorkflowId,
        _ => TaskKinds.WordOf(step),
    });

    private static string? Label(ConditionDefinition? condition) =>
        condition is null or { Type: "always" } ? null : condition.Expression.Clip(LongestLabel);
}
