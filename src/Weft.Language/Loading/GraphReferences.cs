using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Source;

namespace Weft.Language.Loading;

/// <summary>Checks what the templates and conditions of a graph read: that it can be there by then.</summary>
/// <remarks>A name that is no node may be a field of the input, so only what looks like a node's result is told.</remarks>
internal sealed class GraphReferences(
    LoadContext context,
    IReadOnlyList<(GraphNode Node, SourceMap Map)> nodes,
    IReadOnlyList<(GraphEdge Edge, SourceMap Map)> edges,
    IReadOnlyDictionary<string, SourceNode> ids,
    IReadOnlyDictionary<string, List<string>> next)
{
    private readonly Dictionary<string, HashSet<string>> _before = [];

    public void Check()
    {
        var previous = next.SelectMany(n => n.Value.Select(t => (From: n.Key, To: t))).ToLookup(p => p.To, p => p.From);
        foreach (var (node, map) in nodes)
        {
            foreach (var (at, path) in context.Expressions.In(map))
            {
                CheckPath(at, path, node.Id, previous);
            }
        }

        foreach (var (edge, map) in edges)
        {
            foreach (var (at, path) in context.Expressions.In(map))
            {
                CheckPath(at, path, edge.From, previous);
            }
        }

        if (context.Root.Value("outputs") is { } outputs)
        {
            foreach (var (at, path) in context.Expressions.In(outputs))
            {
                CheckName(at, path);
            }
        }
    }

    private void CheckPath(SourceScalar at, IReadOnlyList<string> path, string node, ILookup<string, string> previous)
    {
        CheckName(at, path);
        if (ids.ContainsKey(path[0]) && path[0] != node && !Before(node, previous).Contains(path[0]))
        {
            context.Bag.Warn(
                DiagnosticCodes.NotBefore,
                at,
                $"'{string.Join('.', path)}' reads the node '{path[0]}', which does not come before '{node}': there is nothing to read "
                + $"yet. Add an edge from '{path[0]}' towards '{node}'.");
        }
    }

    private void CheckName(SourceScalar at, IReadOnlyList<string> path)
    {
        var root = path[0];
        if (!ids.ContainsKey(root) && path.Count > 1 && path[1] is "output" or "outputs"
            && root is not ("input" or "context" or "workflow" or "error" or "nodes" or "tasks" or "steps"))
        {
            context.Bag.Warn(
                DiagnosticCodes.UnknownReference, at,
                $"'{string.Join('.', path)}' reads the node '{root}', which does not "
                + $"exist.{NearMiss.HintOrList(root, ids.Keys, "Known nodes")}");
        }
    }

    /// <summary>All nodes that lead to a node; made once for each node that is asked for.</summary>
    private HashSet<string> Before(string node, ILookup<string, string> previous)
    {
        if (_before.TryGetValue(node, out var known))
        {
            return known;
        }

        var all = new HashSet<string>();
        var open = new Stack<string>([node]);
        while (open.TryPop(out var at))
        {
            foreach (var earlier in previous[at])
            {
                if (all.Add(earlier))
                {
                    open.Push(earlier);
                }
            }
        }

        return _before[node] = all;
    }
}
