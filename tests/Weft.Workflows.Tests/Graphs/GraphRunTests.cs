using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Execution;
using Weft.Workflows.Graphs;

namespace Weft.Workflows.Tests.Graphs;

public sealed class GraphRunTests
{
    [Fact]
    public void Join_BehindExclusiveBranches_RunsOnceTheTakenBranchCompletes()
    {
        var run = Graph("triage -> refund, triage -> reply, refund -> close, reply -> close");

        run.Complete("triage", takes: "refund");
        run.Complete("refund");

        Assert.Equal(["close"], run.Ready);
        Assert.Equal(NodeState.Skipped, run.StateOf("reply"));
    }

    [Fact]
    public void Join_BehindParallelBranches_WaitsForAllOfThem()
    {
        var run = Graph("a -> b, a -> c, b -> d, c -> d");

        run.Complete("a");
        run.Complete("b");

        Assert.Equal(["c"], run.Ready);
        run.Complete("c");
        Assert.Equal(["d"], run.Ready);
    }

    [Fact]
    public void Skip_OfANode_SkipsWhatOnlyItLeadsTo()
    {
        var run = Graph("a -> b, b -> c, c -> d");

        run.Complete("a");
        run.Skip("b", "its condition was false: x");

        Assert.True(run.IsOver);
        Assert.Equal(["b", "c", "d"], run.TakeSkipped());
        Assert.Equal("its condition was false: x", run.ReasonOf("b"));
        Assert.Equal(GraphRun.NoEdgeTaken, run.ReasonOf("d"));
    }

    [Fact]
    public void Ready_WithSeveralEntries_FollowsTheDefinition() =>
        Assert.Equal(["c", "a", "b"], Graph("c -> x, a -> x, b -> x").Ready);

    [Fact]
    public void Fail_WithAHandler_TakesTheWayToItAlone()
    {
        var run = Graph("a -> b, b -> c", ("b", "mend"));

        Assert.Equal(["a"], run.Ready);
        run.Complete("a");
        run.Fail("b");

        Assert.Equal(["mend"], run.Ready);
        Assert.Equal(NodeState.Skipped, run.StateOf("c"));
    }

    [Fact]
    public void Complete_OfANodeWithAHandler_SkipsTheHandler()
    {
        var run = Graph("a -> b", ("a", "mend"));

        run.Complete("a");

        Assert.Equal(["b"], run.Ready);
        Assert.Equal(NodeState.Skipped, run.StateOf("mend"));
    }

    [Fact]
    public void Ends_WithEdgesToEnd_AreTheirSources()
    {
        var run = Graph("a -> b, a -> c, b -> END");

        run.Complete("a");
        run.Complete("b");
        run.Complete("c");

        Assert.Equal(["b"], run.Ends());
    }

    [Fact]
    public void Ends_WithoutEdgesToEnd_AreWhereControlWentNoFurther()
    {
        var run = Graph("a -> b, a -> c, b -> d");

        run.Complete("a");
        run.Skip("b", "no");
        run.Complete("c");

        Assert.Equal(["c"], run.Ends());
    }

    [Fact]
    public void Cancel_EndsWhateverHasNotEnded()
    {
        var run = Graph("a -> b, b -> c");
        run.TakeReady();

        var cancelled = run.Cancel();

        Assert.Equal(["a", "b", "c"], cancelled);
        Assert.True(run.IsOver);
    }

    [Fact]
    public void Plan_WithACircle_IsRefusedByName()
    {
        var exception = Assert.Throws<WeftException>(() => Graph("a -> b, b -> c, c -> b"));

        Assert.Equal("invalid_graph", exception.Code);
        Assert.Contains("b, c", exception.Message);
    }

    [Fact]
    public void Plan_WithAnUnknownTarget_OffersTheNearest()
    {
        var body = new GraphBody([Node("triage"), Node("reply")], [new GraphEdge("triage", "replay")]);

        Assert.Contains("Did you mean 'reply'?", Assert.Throws<WeftException>(() => GraphPlan.Of(body)).Message);
    }

    [Fact]
    public void FanOutAndIn_OfAThousand_VisitsEachEdgeOnce()
    {
        var edges = Enumerable.Range(0, 1_000).SelectMany(x => new[] { $"start -> n{x}", $"n{x} -> end" });
        var run = Graph(string.Join(", ", edges));

        run.Complete("start");
        foreach (var node in run.TakeReady())
        {
            Assert.NotEqual("end", node);
            run.Complete(node);
        }

        Assert.Equal(["end"], run.Ready);
    }

    [Fact]
    public void DeadPath_OfAHundredThousandNodes_NeedsNoDeepStack()
    {
        var body = new GraphBody(
            [.. Enumerable.Range(0, 100_000).Select(x => Node($"n{x}"))],
            [.. Enumerable.Range(0, 99_999).Select(x => new GraphEdge($"n{x}", $"n{x + 1}"))]);
        var run = new GraphRun(GraphPlan.Of(body));

        run.Skip("n0", "no");

        Assert.True(run.IsOver);
        Assert.Equal(100_000, run.TakeSkipped().Count);
    }

    /// <summary>A run of the graph that the text draws; nodes stand in the order in which they are first named.</summary>
    internal static GraphRun Graph(string drawing, params (string Node, string Handler)[] onError)
    {
        var edges = drawing.Split(", ").Select(x => x.Split(" -> ")).Select(x => new GraphEdge(x[0], x[1])).ToList();
        var ids = edges.SelectMany(x => new[] { x.From, x.To }).Concat(onError.Select(x => x.Handler)).Where(x => x != GraphBody.End)
            .Distinct();
        var nodes = ids.Select(id => Node(id) with
        {
            OnError = onError.FirstOrDefault(x => x.Node == id).Handler is { } handler ? new NodeErrorPolicy(NodeErrorAction.Route, handler)
                : null,
        });
        return new GraphRun(GraphPlan.Of(new GraphBody([.. nodes], edges)));
    }

    private static GraphNode Node(string id) => new() { Id = id, Step = new TransformStep() };
}
