using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Runtime.Executions;
using Weft.Runtime.Tests.Records;
using Weft.Workflows.Contracts;

namespace Weft.Runtime.Tests.Executions;

public sealed class RerunPlanTests
{
    [Fact]
    public void Adopt_InAGraph_TakesWhatTheNodeDoesNotReach()
    {
        var definition = Graph("a -> b, a -> c, b -> d, c -> d");

        var (traces, outputs) = RerunPlan.Adopt(definition, Ended("a", "b", "c", "d"), "b");

        Assert.Equal(["a", "c"], traces.Keys.Order());
        Assert.Equal(["a", "c"], outputs.Select(o => o.Key).Order());
    }

    [Fact]
    public void Adopt_LeavesOutWhatFailedOrWasSkipped()
    {
        var earlier = Ended("a") with
        {
            Trace = new ExecutionTrace { Nodes = [Known.Node("a"), Known.Node("c", NodeStatus.Failed),
                Known.Node("b", NodeStatus.Skipped)] },
        };

        var (traces, _) = RerunPlan.Adopt(Graph("a -> b, a -> c, b -> d, c -> d"), earlier, "d");

        Assert.Equal(["a"], traces.Keys);
    }

    [Fact]
    public void Adopt_InATaskList_TakesWhatEndedBeforeTheTask()
    {
        var definition = Graph("a -> b") with { Body = new SequenceBody([Task("one"), Task("two"), Task("three")]) };

        var (traces, _) = RerunPlan.Adopt(definition, Ended("one", "two", "three"), "two");

        Assert.Equal(["one"], traces.Keys);
    }

    [Fact]
    public void Require_AnUnknownNode_OffersTheNearest()
    {
        var failed = Assert.Throws<WeftException>(() => RerunPlan.Require(Graph("triage -> reply"), "triag"));

        Assert.Equal("unknown_node", failed.Code);
        Assert.Contains("'triage'", failed.Message);
    }

    private static WorkflowDefinition Graph(string edges)
    {
        var pairs = edges.Split(", ").Select(e => e.Split(" -> ")).ToList();
        var nodes = pairs.SelectMany(p => p).Distinct().Select(id => new GraphNode { Id = id, Step = new TransformStep() });
        return new WorkflowDefinition { Id = "w", Dialect = Dialect.Graph,
            Body = new GraphBody([.. nodes], [.. pairs.Select(p => new GraphEdge(p[0], p[1]))]) };
    }

    private static BasicTask Task(string id) => new() { Id = id, Step = new TransformStep() };

    private static ExecutionDocument Ended(params string[] nodes) => Known.Document("e1", nodes: [.. nodes.Select(n => Known.Node(n))]) with
    {
        Outputs = new JsonObject(nodes.Select(n => KeyValuePair.Create(n, (JsonNode?)new JsonObject { ["output"] = n }))),
    };
}
