using Weft.Language;
using Weft.Language.Definitions;

namespace Weft.Workflows.Execution;

/// <summary>A graph prepared for running: nodes and edges by number, in the order of the definition. Immutable.</summary>
internal sealed class GraphPlan
{
    private readonly Dictionary<string, int> _places;
    private readonly int[][] _outgoing;
    private readonly int[] _incoming;

    private GraphPlan(IReadOnlyList<string> nodes, Dictionary<string, int> places, List<PlannedEdge> edges)
    {
        Nodes = nodes;
        Edges = edges;
        _places = places;
        _incoming = new int[nodes.Count];
        var outgoing = new List<int>[nodes.Count];
        foreach (var edge in edges)
        {
            (outgoing[edge.From] ??= []).Add(edge.Index);
            if (edge.To >= 0)
            {
                _incoming[edge.To]++;
            }
        }

        _outgoing = [.. outgoing.Select(x => x is null ? [] : x.ToArray())];
    }

    /// <summary>Gets the ids in the order of the definition.</summary>
    public IReadOnlyList<string> Nodes { get; }

    public IReadOnlyList<PlannedEdge> Edges { get; }

    /// <summary>Prepares a graph.</summary>
    /// <exception cref="WeftException">An id is unknown or double, or the edges make a circle (code <c>invalid_graph</c>).</exception>
    public static GraphPlan Of(GraphBody body)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in body.Nodes)
        {
            if (!places.TryAdd(node.Id, places.Count))
            {
                throw new WeftException("invalid_graph", Fault.Internal, $"Two nodes have the id '{node.Id}'. Give each its own.");
            }
        }

        var edges = new List<PlannedEdge>(body.Edges.Count);
        foreach (var edge in body.Edges)
        {
            var to = edge.To == GraphBody.End && !places.ContainsKey(GraphBody.End) ? -1 : Place(edge.To);
            edges.Add(new PlannedEdge(edges.Count, Place(edge.From), to, edge.Condition, OnError: false));
        }

        foreach (var node in body.Nodes)
        {
            if (node.OnError is { Action: NodeErrorAction.Route, Next: { } next })
            {
                edges.Add(new PlannedEdge(edges.Count, places[node.Id], next == GraphBody.End ? -1 : Place(next), null, OnError: true));
            }
        }

        var plan = new GraphPlan([.. body.Nodes.Select(x => x.Id)], places, edges);
        plan.RefuseCircles();
        return plan;

        int Place(string id) => places.TryGetValue(id, out var place)
            ? place
            : throw new WeftException(
                "invalid_graph", Fault.Internal,
                $"An edge names the node '{id}', which does not exist.{NearMiss.HintOrList(id, places.Keys, "Known nodes")}");
    }

    /// <summary>The place of a node.</summary>
    public int PlaceOf(string id) => _places[id];

    /// <summary>The edges that leave a node, in the order of the definition.</summary>
    public ReadOnlySpan<int> Outgoing(int node) => _outgoing[node];

    /// <summary>How many edges lead to a node.</summary>
    public int IncomingCount(int node) => _incoming[node];

    private void RefuseCircles()
    {
        var open = (int[])_incoming.Clone();
        var free = new Stack<int>(Enumerable.Range(0, Nodes.Count).Where(x => open[x] == 0));
        var seen = 0;
        while (free.TryPop(out var node))
        {
            seen++;
            foreach (var edge in _outgoing[node])
            {
                if (Edges[edge].To is >= 0 and var to && --open[to] == 0)
                {
                    free.Push(to);
                }
            }
        }

        if (seen < Nodes.Count)
        {
            var circle = Nodes.Where((_, i) => open[i] > 0).Take(8);
            throw new WeftException(
                "invalid_graph", Fault.Internal,
                $"The edges make a circle through {string.Join(", ", circle)}. A graph must not come back to a node; use a loop task for "
                + $"that.");
        }
    }
}
