using Weft.Language.Definitions;
using Weft.Workflows.Execution;

namespace Weft.Workflows.Graphs;

/// <summary>
/// One run of a graph by dead-path elimination: an edge resolves as taken or not taken when its source completes, and as not
/// taken when its source is skipped; a node may run once all its incoming edges are resolved and at least one was taken,
/// else it is skipped.
/// </summary>
/// <remarks>
/// Pure: no clock, no tasks. Each node and each edge is visited once, so a whole run is O(nodes + edges). What ends up
/// taken, skipped and completed does not depend on the order in which running nodes complete.
/// </remarks>
internal sealed class GraphRun
{
    public const string NoEdgeTaken = "no incoming edge was taken";

    private readonly NodeState[] _nodes;
    private readonly EdgeState[] _edges;
    private readonly int[] _unresolved;
    private readonly bool[] _reached;
    private readonly string?[] _reasons;
    private readonly SortedSet<int> _ready = [];
    private readonly Queue<int> _dead = new();
    private readonly List<int> _skipped = [];
    private int _running;

    public GraphRun(GraphPlan plan)
    {
        Plan = plan;
        _nodes = new NodeState[plan.Nodes.Count];
        _edges = new EdgeState[plan.Edges.Count];
        _unresolved = new int[plan.Nodes.Count];
        _reached = new bool[plan.Nodes.Count];
        _reasons = new string?[plan.Nodes.Count];
        for (var node = 0; node < _nodes.Length; node++)
        {
            _unresolved[node] = plan.IncomingCount(node);
            if (_unresolved[node] == 0)
            {
                _nodes[node] = NodeState.Ready;
                _ready.Add(node);
            }
        }
    }

    public GraphPlan Plan { get; }

    /// <summary>Gets the nodes that may run now, in the order of the definition.</summary>
    public IReadOnlyList<string> Ready => [.. _ready.Select(x => Plan.Nodes[x])];

    /// <summary>Gets a value indicating whether nothing runs, and nothing will.</summary>
    public bool IsOver => _running == 0 && _ready.Count == 0;

    public NodeState StateOf(string id) => _nodes[Plan.PlaceOf(id)];

    /// <summary>Why a node was skipped; null when it was not.</summary>
    public string? ReasonOf(string id) => _reasons[Plan.PlaceOf(id)];

    /// <summary>Hands out what may run now: each node once.</summary>
    public IReadOnlyList<string> TakeReady()
    {
        if (_ready.Count == 0)
        {
            return [];
        }

        var taken = new List<string>(_ready.Count);
        foreach (var node in _ready)
        {
            _nodes[node] = NodeState.Running;
            taken.Add(Plan.Nodes[node]);
        }

        _running += _ready.Count;
        _ready.Clear();
        return taken;
    }

    /// <summary>The nodes that were skipped since this was last asked, in the order in which that became known.</summary>
    public IReadOnlyList<string> TakeSkipped()
    {
        if (_skipped.Count == 0)
        {
            return [];
        }

        List<string> skipped = [.. _skipped.Select(x => Plan.Nodes[x])];
        _skipped.Clear();
        return skipped;
    }

    /// <summary>A node completed, and every edge that leaves it is taken.</summary>
    public void Complete(string id) => Complete(id, static _ => true);

    /// <summary>A node completed, and of the edges that leave it those to the named nodes are taken.</summary>
    public void Complete(string id, params IReadOnlyList<string> takes) =>
        Complete(id, edge => takes.Contains(edge.To < 0 ? GraphBody.End : Plan.Nodes[edge.To], StringComparer.Ordinal));

    /// <summary>A node completed, and the edges that leave it are taken as told; the one to its error handler is not.</summary>
    public void Complete(string id, Func<PlannedEdge, bool> taken) =>
        End(id, NodeState.Completed, edge => !edge.OnError && taken(edge));

    /// <summary>A node failed; control goes to its handler, when it has one, and nowhere else.</summary>
    public void Fail(string id) => End(id, NodeState.Failed, static edge => edge.OnError);

    /// <summary>A node's own condition was false.</summary>
    public void Skip(string id, string reason)
    {
        var node = Leave(id, NodeState.Skipped);
        _reasons[node] = reason;
        _skipped.Add(node);
        Resolve(node, static _ => false);
        BuryTheDead();
    }

    /// <summary>Ends the run: whatever has not ended is cancelled. Answers what was cancelled, in the order of the definition.</summary>
    public IReadOnlyList<string> Cancel()
    {
        var cancelled = new List<string>();
        for (var node = 0; node < _nodes.Length; node++)
        {
            if (_nodes[node] is NodeState.Pending or NodeState.Ready or NodeState.Running)
            {
                _nodes[node] = NodeState.Cancelled;
                cancelled.Add(Plan.Nodes[node]);
            }
        }

        _ready.Clear();
        _running = 0;
        return cancelled;
    }

    /// <summary>
    /// The completed nodes that led to the end: those with a taken edge to END; when there is none, those from which control
    /// went no further.
    /// </summary>
    public IReadOnlyList<string> Ends()
    {
        var toEnd = new SortedSet<int>();
        var goesOn = new HashSet<int>();
        foreach (var edge in Plan.Edges.Where(x => _edges[x.Index] == EdgeState.Taken))
        {
            if (edge.To < 0)
            {
                toEnd.Add(edge.From);
            }
            else if (_nodes[edge.To] is NodeState.Completed)
            {
                goesOn.Add(edge.From);
            }
        }

        IEnumerable<int> ends = toEnd.Count > 0 ? toEnd : Enumerable.Range(0, _nodes.Length).Where(x => !goesOn.Contains(x));
        return [.. ends.Where(x => _nodes[x] == NodeState.Completed).Select(x => Plan.Nodes[x])];
    }

    private void End(string id, NodeState state, Func<PlannedEdge, bool> taken)
    {
        Resolve(Leave(id, state), taken);
        BuryTheDead();
    }

    private int Leave(string id, NodeState state)
    {
        var node = Plan.PlaceOf(id);
        switch (_nodes[node])
        {
            case NodeState.Ready:
                _ready.Remove(node);
                break;
            case NodeState.Running:
                _running--;
                break;
            default:
                throw new InvalidOperationException($"Node '{id}' is {_nodes[node]}, so it cannot become {state}.");
        }

        _nodes[node] = state;
        return node;
    }

    private void Resolve(int node, Func<PlannedEdge, bool> taken)
    {
        foreach (var index in Plan.Outgoing(node))
        {
            var edge = Plan.Edges[index];
            var takes = taken(edge);
            _edges[index] = takes ? EdgeState.Taken : EdgeState.NotTaken;
            if (edge.To < 0)
            {
                continue;
            }

            _reached[edge.To] |= takes;
            if (--_unresolved[edge.To] > 0)
            {
                continue;
            }

            if (_reached[edge.To])
            {
                _nodes[edge.To] = NodeState.Ready;
                _ready.Add(edge.To);
            }
            else
            {
                _dead.Enqueue(edge.To);
            }
        }
    }

    /// <summary>Skips whatever can no longer be reached; a queue, so that a long dead path needs no deep stack.</summary>
    private void BuryTheDead()
    {
        while (_dead.TryDequeue(out var node))
        {
            _nodes[node] = NodeState.Skipped;
            _reasons[node] = NoEdgeTaken;
            _skipped.Add(node);
            Resolve(node, static _ => false);
        }
    }
}
