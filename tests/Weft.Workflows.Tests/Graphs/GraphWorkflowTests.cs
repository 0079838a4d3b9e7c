using System.Text;
using System.Text.Json.Nodes;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Tests.Harness;

namespace Weft.Workflows.Tests.Graphs;

public sealed class GraphWorkflowTests
{
    [Fact]
    public void Failure_OfANode_FailsTheRunAndCancelsWhatRunsBeside()
    {
        var script = Graph(
            """
            nodes:
              - { id: a, type: tool, tool: shop.break }
              - { id: b, type: tool, tool: shop.get_it }
              - { id: c, type: transform, transform: { x: 1 } }
            edges: [{ from: b, to: c }]
            """)
            .ToolOutcomes("shop.break", _ => Broken())
            .Tool("shop.get_it", _ => 1);

        var result = script.Run();

        Assert.Equal(ExecutionStatus.Failed, result.Status);
        Assert.Equal("a", script.Document.Error!.NodeId);
        Assert.Equal(NodeStatus.Cancelled, script.Trace("b").Status);
        Assert.Contains(StepNames.CallTool, script.Harness.Cancelled);
        Assert.Single(script.Harness.Documents);
    }

    [Fact]
    public void Failure_WithARoute_GoesToItsHandlerWhichSeesIt()
    {
        var script = Graph(
            """
            nodes:
              - { id: a, type: tool, tool: shop.break, on_error: { action: route, next: mend } }
              - { id: b, type: transform, transform: { x: 1 } }
              - { id: mend, type: transform, transform: { why: "{{ error.code }}" } }
            edges: [{ from: a, to: b }]
            """).ToolOutcomes("shop.break", _ => Broken());

        var result = script.Run();

        Assert.Equal("provider_error", result.Output!["why"]!.ToString());
        Assert.Equal(NodeStatus.Skipped, script.Trace("b").Status);
    }

    [Fact]
    public void Failure_ThatIsContinued_StandsInWithItsOutput()
    {
        var script = Graph(
            """
            nodes:
              - { id: a, type: tool, tool: shop.break, on_error: { action: continue, output: { n: 0 } } }
              - { id: b, type: transform, transform: { n: "{{ a.output.n }}" } }
            edges: [{ from: a, to: b }]
            """).ToolOutcomes("shop.break", _ => Broken());

        Assert.Equal("""{"n":0}""", script.Run().Output!.ToJsonString());
        Assert.Equal(NodeStatus.Failed, script.Trace("a").Status);
    }

    [Fact]
    public void Retry_OfANode_WaitsDurably_AndNamesItsCallsAnew()
    {
        var tries = 0;
        var script =
            Graph("nodes: [{ id: a, type: tool, tool: shop.try, retry: { max_attempts: 3, initial_interval: 10s, jitter: 0 } }]\nedges: []")
            .ToolOutcomes("shop.try",
                _ => ++tries < 3 ? new ToolOutcome.Failed(new ToolFailure("server_error", "busy", Retryable: true), 1)
                    : new ToolOutcome.Succeeded("ok", 1));

        script.Run();

        Assert.Equal(3, script.Trace("a").Attempt);
        Assert.Equal(["a/1", "a/2", "a/3"], script.Harness.CallsOf<CallToolRequest>(StepNames.CallTool).Select(x => x.CallId));
        Assert.InRange(script.Document.DurationMs, 25_000, 35_000);
    }

    [Fact]
    public void Failure_ThatNoRetryCanMend_IsNotRetried()
    {
        var script = Graph("nodes: [{ id: a, type: tool, tool: shop.break, retry: { max_attempts: 3 } }]\nedges: []").ToolOutcomes(
            "shop.break", _ => Broken());

        script.Run();

        Assert.Single(script.Harness.CallsOf<CallToolRequest>(StepNames.CallTool));
    }

    [Fact]
    public void Timeout_OfANode_CancelsItAndFails()
    {
        var script = Graph(
            "nodes: [{ id: a, type: tool, tool: shop.try, timeout: 5s, retry: { max_attempts: 9, initial_interval: 60s } }]\nedges: []")
            .ToolOutcomes("shop.try", _ => new ToolOutcome.Failed(new ToolFailure("server_error", "busy", Retryable: true), 1));

        var result = script.Run();

        Assert.Equal("timeout", result.Failure!.Code);
        Assert.Equal(5_000, script.Document.DurationMs);
    }

    [Fact]
    public void Outputs_OfTheWorkflow_SeeEveryResult()
    {
        var script = WorkflowScript.Of(
            """
            name: w
            workflow:
              nodes: [{ id: a, type: transform, transform: { n: 1 } }, { id: b, type: transform, transform: { n: 2 } }]
              edges: []
            outputs: { sum: "{{ a.output.n + nodes.b.output.n }}", done: "{{ workflow.completed_tasks | length }}", rate: "{{ workflow.success_rate }}" }
            """);

        Assert.Equal("""{"sum":3,"done":2,"rate":1}""", script.Run().Output!.ToJsonString());
    }

    [Fact]
    public void Result_OfSeveralEnds_IsAnObjectById()
    {
        var script =
            Graph("nodes: [{ id: a, type: transform, transform: { n: 1 } }, { id: b, type: transform, transform: { n: 2 } }]\nedges: []");

        Assert.Equal("""{"a":{"n":1},"b":{"n":2}}""", script.Run().Output!.ToJsonString());
    }

    [Fact]
    public void LargeValue_IsPassedOnAsItsStandIn_AndOpenedWhereItsInsideIsNeeded()
    {
        var script = Graph(
            """
            nodes:
              - { id: big, type: tool, tool: shop.get_big }
              - { id: pass, type: transform, transform: { all: "{{ big.output }}" } }
              - { id: look, type: transform, transform: { n: "{{ big.output.n }}", size: "{{ big.output.text | length }}", plain: "x{{ input.y }}" } }
              - { id: yes, type: transform, transform: { x: 1 } }
            edges:
              - { from: big, to: pass }
              - { from: big, to: look }
              - { from: big, to: yes, condition: { type: jmespath, expression: "output.n == `7`" } }
            """).Tool("shop.get_big", _ => new JsonObject { ["n"] = 7, ["text"] = new string('x', 40_000) });

        script.Run(new JsonObject { ["y"] = "z" });

        var outputs = script.Document.Outputs;
        Assert.NotNull(PayloadReference.HashOf(outputs["pass"]!["output"]!["all"]));
        Assert.Equal("""{"n":7,"size":40000,"plain":"xz"}""", outputs["look"]!["output"]!.ToJsonString());
        Assert.Equal(NodeStatus.Completed, script.Trace("yes").Status);
        Assert.Equal(2, script.Harness.CallsOf<EvaluateRequest>(StepNames.Evaluate).Count);
    }

    [Fact]
    public void Budget_OfTheExecution_StopsWhatWouldComeNext()
    {
        var script = WorkflowScript.Of(
            """
            name: w
            cost_controls: { max_cost_per_execution: 0.01 }
            workflow:
              nodes:
                - { id: a, agent: simple, prompt_template: hi }
                - { id: b, agent: simple, prompt_template: hi }
              edges: [{ from: a, to: b }]
            """).Agent("simple", AgentType.Simple).Model(_ => WorkflowScript.Says("x", cost: 0.02));

        Assert.Equal("execution_cost_exceeded", script.Run().Failure!.Code);
        Assert.Single(script.Harness.CallsOf<CallModelRequest>(StepNames.CallModel));
    }

    [Fact]
    public void Adopted_Nodes_AreTakenAsDone()
    {
        var script = Graph(
            """
            nodes:
              - { id: a, type: tool, tool: shop.never }
              - { id: b, type: transform, transform: { n: "{{ a.output.n }}" } }
            edges: [{ from: a, to: b, condition: { type: jmespath, expression: "output.n > `1`" } }]
            """).Tool("shop.never", _ => throw new InvalidOperationException("must not be called")).Adopts(
                "a", new JsonObject { ["n"] = 5 });

        Assert.Equal("""{"n":5}""", script.Run().Output!.ToJsonString());
        Assert.StartsWith("adopted from", script.Trace("a").Reason);
    }

    [Fact]
    public void Input_ThatDoesNotFitItsSchema_FailsBeforeAnythingRuns()
    {
        var script = WorkflowScript.Of(
            """
            name: w
            input: { type: object, properties: { n: { type: integer } }, required: [n] }
            workflow: { nodes: [{ id: a, type: transform, transform: { n: 1 } }], edges: [] }
            """);

        var result = script.Run(new JsonObject { ["n"] = "one" });

        Assert.Equal("invalid_input", result.Failure!.Code);
        Assert.Contains("/n: must be an integer, but is a string", result.Failure.Message);
        Assert.Empty(script.Document.Trace.Nodes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(11)]
    [InlineData(12)]
    public void FanOutAndIn_OfAThousand_KeepsItsProgressSmall(int? seed)
    {
        var yaml = new StringBuilder("nodes:\n  - { id: start, type: transform, transform: { x: 1 } }\n");
        var edges = new StringBuilder("edges:\n");
        for (var i = 0; i < 1_000; i++)
        {
            yaml.Append($"  - {{ id: worker_number_{i}_with_a_long_name, type: tool, tool: shop.get_it, with: {{ n: {i} }} }}\n");
            edges.Append(
                $"  - {{ from: start, to: worker_number_{i}_with_a_long_name }}\n  - {{ from: worker_number_{i}_with_a_long_name, to: "
                + $"join }}\n");
        }

        yaml.Append("  - { id: join, type: transform, transform: { done: true } }\n");
        var script = Graph(yaml.ToString() + edges, seed).Tool(
            "shop.get_it", x => new JsonObject { ["text"] = new string('"', 300), ["n"] = x["n"]?.DeepClone() });

        var result = script.Run();

        Assert.Equal("""{"done":true}""", result.Output!.ToJsonString());
        Assert.All(script.Harness.Statuses,
            x => Assert.InRange(Encoding.UTF8.GetByteCount(x!.ToJsonString(WeftJson.Options)), 1, 12 * 1024));
        Assert.Equal(1_002, script.Harness.Statuses[^1]!["nodes_completed"]!.GetValue<int>());
    }

    private static WorkflowScript Graph(string body, int? seed = null) =>
        WorkflowScript.Of("name: w\nworkflow:\n" + string.Join('\n', body.Split('\n').Select(x => "  " + x)), seed);

    private static ToolOutcome.Failed Broken() => new(new ToolFailure("provider_error", "no", Retryable: false), 1);
}
