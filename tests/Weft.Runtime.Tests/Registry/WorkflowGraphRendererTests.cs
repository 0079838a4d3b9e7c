using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Runtime.Registry;

namespace Weft.Runtime.Tests.Registry;

public sealed class WorkflowGraphRendererTests
{
    [Fact]
    public void Mermaid_EscapesWhatWouldEndALabel()
    {
        var definition = Graph(new GraphEdge("a", "end", new ConditionDefinition("expr", "x == \"y|z\" and <b>")));

        var drawn = WorkflowGraphRenderer.Render(definition, GraphFormat.Mermaid);

        Assert.StartsWith("flowchart TD\n", drawn);
        Assert.Contains("n1 -->|\"x == #quot;y#124;z#quot; and #lt;b#gt;\"| n2", drawn);
    }

    [Fact]
    public void Dot_QuotesIdsAndMarksErrorEdges()
    {
        var definition = Graph(new GraphEdge("a", "end")) with
        {
            Body = new GraphBody([Node("a") with { OnError = new NodeErrorPolicy(NodeErrorAction.Route, "end") }, Node("end")], []),
        };

        var drawn = WorkflowGraphRenderer.Render(definition, GraphFormat.Dot);

        Assert.Contains("\"a\" -> \"end\" [label=\"on error\", style=dashed];", drawn);
    }

    [Fact]
    public void Json_OfATaskList_FollowsTheOrderAndTheTransitions()
    {
        var definition = Graph() with
        {
            Body = new SequenceBody([Task("one"), Task("two") with { OnError = new Transition("three") }, Task("three")]),
        };

        var edges = JsonNode.Parse(WorkflowGraphRenderer.Render(definition, GraphFormat.Json))!["edges"]!.AsArray()
            .Select(e => $"{e!["from"]}>{e["to"]}").ToList();

        Assert.Contains("START>one", edges);
        Assert.Contains("two>three", edges);
    }

    [Fact]
    public void Json_OfAGroup_ShowsItsChildrenBelowIt()
    {
        var group = new ParallelTask { Id = "all", Tasks = [Task("x"), Task("y")] };

        var graph = JsonNode.Parse(WorkflowGraphRenderer.Render(Graph() with { Body = new SequenceBody([group]) }, GraphFormat.Json))!;
        var nodes = graph["nodes"]!.AsArray();

        Assert.Equal(2, nodes.Count(n => n!["parent"]?.GetValue<string>() == "all"));
    }

    private static WorkflowDefinition Graph(params GraphEdge[] edges) =>
        new() { Id = "w", Dialect = Dialect.Graph, Body = new GraphBody([Node("a"), Node("end")], edges) };

    private static GraphNode Node(string id) => new() { Id = id, Step = new TransformStep() };

    private static BasicTask Task(string id) => new() { Id = id, Step = new TransformStep() };
}
