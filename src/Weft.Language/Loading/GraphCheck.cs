using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Checks how the nodes of a graph hang together.</summary>
internal sealed class GraphCheck(
    LoadContext context,
    IReadOnlyList<(GraphNode Node, SourceMap Map)> nodes,
    IReadOnlyList<(GraphEdge Edge, SourceMap Map)> edges,
    IReadOnlyDictionary<string, SourceNode> ids)
{
    private readonly Dictionary<string, List<string>> _next = [];
    private bool _leadsNowhere;

    public void Run()
    {
        CheckEdges();
        CheckHandlers();
        if (!CheckCycles() && !_leadsNowhere)
        {
            CheckUnconnected();
            new GraphReferences(context, nodes, edges, ids, _next).Check();
        }
    }

    private void CheckEdges()
    {
        var seen = new Dictionary<(string, string, string), SourceMap>();
        foreach (var (edge, map) in edges)
        {
            var label = $"'{edge.From} -> {edge.To}'";
            if (edge.From == GraphBody.End)
            {
                NoNode(map.Value("from")!, $"The edge {label} leaves the end of the workflow. Nothing can come after END.");
            }
            else if (!ids.ContainsKey(edge.From))
            {
                NoNode(map.Value("from")!, $"The edge {label} leaves no node: there is no '{edge.From}'.{Known(edge.From)}");
            }

            if (edge.To != GraphBody.End && !ids.ContainsKey(edge.To))
            {
                NoNode(map.Value("to")!, $"The edge {label} leads to no node: there is no '{edge.To}'.{Known(edge.To)}");
            }

            var key = (edge.From, edge.To, $"{edge.Condition?.Type}:{edge.Condition?.Expression}");
            if (!seen.TryAdd(key, map))
            {
                context.Bag.Warn(
                    DiagnosticCodes.RepeatedEdge, map, $"The edge {label} stands in line {seen[key].Line} already. Remove one of the two.");
            }

            Connect(edge.From, edge.To);
        }
    }

    private void CheckHandlers()
    {
        foreach (var (node, map) in nodes)
        {
            if (node.OnError is { Action: NodeErrorAction.Route } policy)
            {
                if (policy.Next is null)
                {
                    context.Bag.Error(DiagnosticCodes.Missing, map.Value("on_error")!,
                        $"The node '{node.Id}' routes its failure nowhere. Name the node under 'next'.");
                }
                else if (policy.Next != GraphBody.End && !ids.ContainsKey(policy.Next))
                {
                    var at = map.Map("on_error")?.Value("next") ?? map;
                    NoNode(at, $"A failure of '{node.Id}' leads to no node: there is no '{policy.Next}'.{Known(policy.Next)}");
                }
                else
                {
                    Connect(node.Id, policy.Next);
                }
            }
        }
    }

    private void NoNode(SourceNode at, string message)
    {
        // What hangs together cannot be told while an end is loose.
        _leadsNowhere = true;
        context.Bag.Error(DiagnosticCodes.UnknownNode, at, message);
    }

    private void Connect(string from, string to)
    {
        if (ids.ContainsKey(from) && ids.ContainsKey(to))
        {
            if (!_next.TryGetValue(from, out var targets))
            {
                _next[from] = targets = [];
            }

            targets.Add(to);
        }
    }

    /// <summary>Reports every cycle once, at the edge that closes it.</summary>
    private bool CheckCycles()
    {
        var state = new Dictionary<string, int>();
        var path = new List<string>();
        var found = false;
        foreach (var (node, _) in nodes)
        {
            found |= Walk(node.Id, state, path);
        }

        return found;
    }

    /// <summary>Walks in depth without recursion: a chain of 10,000 nodes must not exhaust the stack.</summary>
    private bool Walk(string start, Dictionary<string, int> state, List<string> path)
    {
        const int open = 1;
        const int done = 2;
        if (state.ContainsKey(start))
        {
            return false;
        }

        var found = false;
        var stack = new Stack<(string Id, int Next)>([(start, 0)]);
        state[start] = open;
        path.Add(start);
        while (stack.TryPop(out var at))
        {
            var targets = _next.GetValueOrDefault(at.Id) ?? [];
            if (at.Next == targets.Count)
            {
                state[at.Id] = done;
                path.RemoveAt(path.Count - 1);
                continue;
            }

            stack.Push((at.Id, at.Next + 1));
            var target = targets[at.Next];
            switch (state.GetValueOrDefault(target))
            {
                case 0:
                    state[target] = open;
                    path.Add(target);
                    stack.Push((target, 0));
                    break;
                case open:
                    found = true;
                    ReportCycle([.. path[path.IndexOf(target)..], target]);
                    break;
            }
        }

        return found;
    }

    private void ReportCycle(List<string> cycle)
    {
        var (from, to) = (cycle[^2], cycle[^1]);
        var at = edges.FirstOrDefault(e => e.Edge.From == from && e.Edge.To == to).Map ?? nodes.First(n => n.Node.Id == from).Map;
        var shown = cycle.Count <= 12 ? cycle : [.. cycle.Take(10), "…", cycle[^1]];
        context.Bag.Error(
            DiagnosticCodes.Cycle, at,
            $"The edges make a circle: {string.Join(" -> ", shown)}. A graph cannot come back to a node; use a 'loop' task of the tasks "
            + $"dialect for that.");
    }

    private void CheckUnconnected()
    {
        if (edges.Count == 0 && nodes.Count > 1)
        {
            context.Bag.Warn(DiagnosticCodes.Unreachable, nodes[0].Map,
                "There are no edges, so all nodes start at once. Add 'edges' if one should wait for another.");
            return;
        }

        var touched = _next.SelectMany(n => n.Value.Append(n.Key)).Concat(edges.Select(e => e.Edge.From)).ToHashSet();
        foreach (var (node, map) in nodes)
        {
            if (edges.Count > 0 && !touched.Contains(node.Id))
            {
                context.Bag.Warn(DiagnosticCodes.Unreachable, map,
                    $"No edge leads to the node '{node.Id}' or away from it, so it runs by itself at the start. Connect it, or remove it.");
            }
        }
    }

    private string Known(string id) => NearMiss.Find(id, ids.Keys) is { } near
        ? $" Known nodes: {List()}. Did you mean '{near}'?"
        : $" Known nodes: {List()}.";

    private string List()
    {
        var names = ids.Keys.Order(StringComparer.Ordinal).ToList();
        return names.Count <= 12 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(12))}, …";
    }
}
