using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Executions;

/// <summary>What a rerun from a node adopts: the nodes that completed, and whose results the node's work does not change.</summary>
/// <remarks>
/// In a graph: what is not the node, and not reached from it. In a task list: the top-level tasks that ended before the named
/// one's first run (which is at the end when it never ran). What the adopted ones depend on is adopted with them.
/// </remarks>
internal static class RerunPlan
{
    /// <exception cref="WeftException">Code <c>unknown_node</c>: the definition has no such node at its top level.</exception>
    public static void Require(WorkflowDefinition definition, string nodeId)
    {
        var known = TopLevel(definition);
        if (!known.Contains(nodeId, StringComparer.Ordinal))
        {
            throw new WeftException(
                "unknown_node", Fault.Invalid,
                $"Workflow '{definition.Id}' has no node '{nodeId}' to run again from.{NearMiss.HintOrList(nodeId, known)}");
        }
    }

    /// <summary>The adopted nodes' traces and outputs, by node id.</summary>
    public static (IReadOnlyDictionary<string, NodeTrace> Traces, JsonObject Outputs) Adopt(
        WorkflowDefinition definition, ExecutionDocument earlier, string fromNode)
    {
        var traces = new Dictionary<string, NodeTrace>(StringComparer.Ordinal);
        var outputs = new JsonObject();
        var adoptable = definition.Body is GraphBody graph ? NotReached(graph, fromNode) : Before(definition, earlier, fromNode);
        foreach (var trace in earlier.Trace.Nodes)
        {
            if (trace is { Status: NodeStatus.Completed, ParentId: null } && adoptable.Contains(trace.NodeId)
                && earlier.Outputs.TryGetPropertyValue(trace.NodeId, out var output))
            {
                traces[trace.NodeId] = trace;
                outputs[trace.NodeId] = output?.DeepClone();
            }
        }

        return (traces, outputs);
    }

    private static List<string> TopLevel(WorkflowDefinition definition) => definition.Body switch
    {
        GraphBody graph => [.. graph.Nodes.Select(n => n.Id)],
        SequenceBody sequence => [.. sequence.Tasks.Select(t => t.Id)],
        _ => [],
    };

    private static HashSet<string> NotReached(GraphBody graph, string fromNode)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { fromNode };
        var open = new Queue<string>([fromNode]);
        while (open.TryDequeue(out var node))
        {
            var next = graph.Edges.Where(e => e.From == node).Select(e => e.To)
                .Concat(graph.Nodes.Where(n => n.Id == node && n.OnError?.Next is not null).Select(
                    n => n.OnError!.Next!)); // Where says so.
            foreach (var target in next.Where(reached.Add))
            {
                open.Enqueue(target);
            }
        }

        return [.. graph.Nodes.Select(n => n.Id).Where(id => !reached.Contains(id))];
    }

    private static HashSet<string> Before(WorkflowDefinition definition, ExecutionDocument earlier, string fromNode)
    {
        var tops = TopLevel(definition).ToHashSet(StringComparer.Ordinal);
        return [.. earlier.Trace.Nodes.Where(n => n.ParentId is null && tops.Contains(n.NodeId)).Select(n => n.NodeId).TakeWhile(
            id => id != fromNode)];
    }
}
