using Weft.Language.Definitions;
using Weft.Workflows.Execution;
using Weft.Workflows.Graphs;

namespace Weft.Workflows.Tests.Graphs;

/// <summary>Random graphs, against a plain recursive reading of the rule, and against themselves in other orders.</summary>
public sealed class GraphRunPropertyTests
{
    private const int Graphs = 1_500;
    private const int Orders = 4;

    [Fact]
    public void Run_OfAnyGraph_AgreesWithTheRecursiveModel_WhateverTheOrder()
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var random = new Random(seed);
            var scenario = Scenario.Make(random);
            var expected = scenario.Body.Nodes.ToDictionary(x => x.Id, x => Model(scenario, x.Id, []));
            for (var order = 0; order < Orders; order++)
            {
                var run = Play(scenario, new Random((seed * Orders) + order));
                foreach (var (id, state) in expected)
                {
                    Assert.True(
                        state == run.StateOf(id), $"Seed {seed}, order {order}: '{id}' is {run.StateOf(id)}, and should be {state}.");
                }
            }
        }
    }

    private static GraphRun Play(Scenario scenario, Random order)
    {
        var run = new GraphRun(GraphPlan.Of(scenario.Body));
        var running = new List<string>(run.TakeReady());
        while (running.Count > 0)
        {
            var at = order.Next(running.Count);
            var id = running[at];
            running.RemoveAt(at);
            switch (scenario.Fates[id])
            {
                case Fate.Skips:
                    run.Skip(id, "no");
                    break;
                case Fate.Fails:
                    run.Fail(id);
                    break;
                default:
                    run.Complete(id, edge => scenario.Holds.Contains((id, edge.Index)));
                    break;
            }

            running.AddRange(run.TakeReady());
        }

        Assert.True(run.IsOver);
        return run;
    }

    /// <summary>The rule as one would say it: a node runs when it has no way in, or one that was taken.</summary>
    private static NodeState Model(Scenario scenario, string id, Dictionary<string, NodeState> known)
    {
        if (known.TryGetValue(id, out var state))
        {
            return state;
        }

        var ways = scenario.Edges.Where(x => x.To == id).ToList();
        var runs = ways.Count == 0 || ways.Any(way => Model(scenario, way.From, known) switch
        {
            NodeState.Completed => !way.OnError && scenario.Holds.Contains((way.From, way.Index)),
            NodeState.Failed => way.OnError,
            _ => false,
        });
        return known[id] = !runs || scenario.Fates[id] == Fate.Skips ? NodeState.Skipped
            : scenario.Fates[id] == Fate.Fails ? NodeState.Failed : NodeState.Completed;
    }

    private enum Fate
    {
        Completes,
        Skips,
        Fails,
    }

    private sealed record Way(int Index, string From, string To, bool OnError);

    private sealed record Scenario(GraphBody Body, IReadOnlyList<Way> Edges, HashSet<(string, int)> Holds, Dictionary<string, Fate> Fates)
    {
        public static Scenario Make(Random random)
        {
            var count = random.Next(1, 61);
            var density = random.NextDouble() * 0.2;
            var nodes = Enumerable.Range(0, count).Select(x => $"n{x}").ToList();
            var edges = new List<GraphEdge>();
            for (var from = 0; from < count; from++)
            {
                for (var to = from + 1; to < count; to++)
                {
                    if (random.NextDouble() < density)
                    {
                        edges.Add(new GraphEdge(nodes[from], nodes[to]));
                    }
                }

                if (random.NextDouble() < 0.1)
                {
                    edges.Add(new GraphEdge(nodes[from], GraphBody.End));
                }
            }

            var handlers = nodes.Select(
                (x, i) => (x, Handler: i + 1 < count && random.NextDouble() < 0.15 ? nodes[random.Next(i + 1, count)] : null)).ToDictionary(
                    x => x.x, x => x.Handler);
            var ways = edges.Select((x, i) => new Way(i, x.From, x.To, false)).ToList();
            foreach (var (node, handler) in handlers.Where(x => x.Value is not null))
            {
                ways.Add(new Way(ways.Count, node, handler!, true));
            }

            var body = new GraphBody(
                [.. nodes.Select(
                    x => new GraphNode { Id = x, Step = new TransformStep(),
                        OnError = handlers[x] is { } next ? new NodeErrorPolicy(NodeErrorAction.Route, next) : null })],
                edges);
            var holds = ways.Where(x => !x.OnError && random.NextDouble() < 0.6).Select(x => (x.From, x.Index)).ToHashSet();
            var fates = nodes.ToDictionary(x => x,
                x => random.NextDouble() switch { < 0.1 => Fate.Skips, < 0.2 when handlers[x] is not null => Fate.Fails,
                    _ => Fate.Completes });
            return new Scenario(body, ways, holds, fates);
        }
    }
}
