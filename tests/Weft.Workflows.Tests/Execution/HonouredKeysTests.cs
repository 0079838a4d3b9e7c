using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Tests.Harness;

namespace Weft.Workflows.Tests.Execution;

/// <summary>What a definition says of a task or an agent takes effect at any kind of task or agent.</summary>
public sealed class HonouredKeysTests
{
    private static readonly Func<JsonObject,
        ToolOutcome> Refuses = _ => new ToolOutcome.Failed(new ToolFailure("refused", "no", Retryable: false), 1);

    [Theory]
    [InlineData("type: parallel, tasks: [{ id: slow, sleep: 1h }]")]
    [InlineData("type: composite, tasks: [{ id: slow, sleep: 1h }]")]
    [InlineData("type: collection, items: [1, 2], task: { id: 'slow-{{ .index }}', sleep: 1h }")]
    [InlineData("type: loop, max_iterations: 3, tasks: [{ id: slow, sleep: 1h }]")]
    [InlineData("type: router, condition: \"'x'\", routes: { x: { id: slow, sleep: 1h } }")]
    public void Timeout_OfAContainer_EndsWhatRunsInIt(string container)
    {
        var script = WorkflowScript.Of($"name: demo\ntasks: [{{ id: box, timeout: 30s, {container} }}]\n");

        Assert.Equal("timeout", script.Run().Failure!.Code);
        Assert.All(script.Document.Trace.Nodes.Where(n => n.NodeId.StartsWith("slow", StringComparison.Ordinal)),
            n => Assert.Equal(NodeStatus.Cancelled, n.Status));
    }

    [Theory]
    [InlineData("type: parallel, tasks: [{ id: last, final: true, with: { n: 1 } }, { id: beside, with: { n: 2 } }]")]
    [InlineData("type: composite, tasks: [{ id: last, final: true, with: { n: 1 } }, { id: rest, with: { n: 2 } }]")]
    [InlineData("type: collection, items: [1], task: { id: 'last-{{ .index }}', final: true, with: { n: 1 } }")]
    [InlineData("type: loop, max_iterations: 3, tasks: [{ id: last, final: true, with: { n: 1 } }]")]
    [InlineData("type: transform, transform: 1, final: true")]
    public void Final_WhereverItStands_EndsTheRun(string task)
    {
        var script = WorkflowScript.Of($"name: demo\ntasks: [{{ id: box, {task} }}, {{ id: after, with: {{ n: 9 }} }}]\n");

        Assert.Equal(ExecutionStatus.Completed, script.Run().Status);
        Assert.DoesNotContain(script.Document.Trace.Nodes, n => n.NodeId is "after" or "rest");
    }

    [Fact]
    public void Final_AfterAFailureThatIsPassedOver_EndsTheRunToo()
    {
        var script = WorkflowScript.Of("name: demo\ntasks: [{ id: a, tool: shop.break, on_error: continue, final: true }, { id: b }]\n")
            .ToolOutcomes("shop.break", Refuses);

        Assert.Equal(ExecutionStatus.Completed, script.Run().Status);
        Assert.DoesNotContain(script.Document.Trace.Nodes, n => n.NodeId == "b");
    }

    [Theory]
    [InlineData("type: aggregate, outputs: { n: 1 }")]
    [InlineData("type: parallel, tasks: [{ id: x }]")]
    [InlineData("type: signal, signal: s")]
    [InlineData("type: loop, max_iterations: 1, tasks: [{ id: x }]")]
    [InlineData("type: memory, operation: read, memory_ref: m, key: k")]
    public void Condition_OfAnyTask_SkipsIt(string task)
    {
        var script = WorkflowScript.Of($"name: demo\ntasks: [{{ id: a, condition: 'input.go == true', {task} }}]\n");

        script.Run(new JsonObject { ["go"] = false });

        Assert.Equal(NodeStatus.Skipped, script.Trace("a").Status);
    }

    [Fact]
    public void Schemas_OfATaskWithoutACall_AreHeldAgainstItsInputAndOutput()
    {
        var input = WorkflowScript.Of(
            "name: demo\ntasks: [{ id: a, type: transform, transform: 1, with: { n: x }, input: { type: object, properties: { n: { type: "
            + "integer } } } }]\n");
        var output = WorkflowScript.Of(
            "name: demo\ntasks: [{ id: a, type: aggregate, outputs: { n: x }, output: { type: object, properties: { n: { type: integer } "
            + "} } }]\n");

        Assert.Equal("invalid_input", input.Run().Failure!.Code);
        Assert.Equal("output_schema_violation", output.Run().Failure!.Code);
    }

    [Theory]
    [InlineData("{ id: ask, type: wait, wait_for: never, timeout: 5s, on_timeout: { next: late, with: { why: '{{ .error.code }}' } } }",
        "wait_timeout")]
    [InlineData(
        "{ id: ask, type: approval, timeout: 5s, on_timeout: { next: late, with: { why: '{{ .error.code }}' } } }", "approval_timeout")]
    [InlineData(
        "{ id: ask, type: router, condition: \"'x'\", routes: { x: { id: inner, with: { n: 1 }, on_success: { next: late, with: { why: "
        + "routed } } }, y: late } }", "routed")]
    public void Transition_OfATimeoutOrARoute_BringsItsInput(string task, string expected)
    {
        var script = WorkflowScript.Of($"name: demo\ntasks:\n  - {task}\n  - {{ id: late, with: {{ own: 1 }} }}\n");

        var result = script.Run();

        Assert.Equal(expected, result.Output!["why"]!.ToString());
    }

    [Fact]
    public void Env_OfATaskAndAnAgent_ReachesEveryCallThatTheyMake()
    {
        var scopes = new List<StepScope>();
        var script = WorkflowScript.Of(
            """
            name: demo
            agents: [{ id: writer, env: { LEVEL: agent, PLACE: agent } }]
            tasks:
              - { id: call, tool: shop.get_order, env: { LEVEL: task } }
              - { id: ask, agent: writer, prompt: Hi., env: { LEVEL: task, WHO: task } }
            """).Tool("shop.get_order", _ => 1).Model(request =>
            {
                scopes.Add(request.Scope);
                return WorkflowScript.Says("hello");
            });
        script.Run();

        var env = Assert.Single(scopes).Env!;
        Assert.Equal(["LEVEL=agent", "PLACE=agent", "WHO=task"], env.Select(e => $"{e.Key}={e.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void RetryAttempts_OfAModel_SayHowOftenItIsAskedAgain()
    {
        var calls = 0;
        var script = WorkflowScript.Of(
            "name: demo\nmodels: [{ provider: openai, model: gpt-4, retry_attempts: 3 }]\ntasks: [{ id: a, prompt: Hi. }]\n")
            .Model(_ => ++calls < 4 ? WorkflowScript.Fails("server_error", transient: true) : WorkflowScript.Says("at last"));

        Assert.Equal(ExecutionStatus.Completed, script.Run().Status);
        Assert.Equal(4, calls);
    }

    [Fact]
    public void RequiresTools_WithoutAny_IsAClearFailure()
    {
        var script = WorkflowScript.Of("name: demo\ntasks: [{ id: a, agent: buyer, prompt: Buy. }]\n")
            .Agent("buyer", AgentType.Reasoning, card => card with { RequiresTools = true }).Model(_ => "never");

        var failure = script.Run().Failure!;

        Assert.Equal("tools_required", failure.Code);
        Assert.Contains("node 'a' gives it none", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("claude", null, null, "claude gpt-4")]
    [InlineData("claude", "fast", null, "")]
    [InlineData("claude", null, "powerful", "")]
    [InlineData(null, null, null, "mine")]
    public void DefaultModel_OfACard_IsTakenWhenNobodyNamesAProfile(
        string? model, string? cardProfile, string? nodeProfile, string expected)
    {
        var node = nodeProfile is null ? "" : $", config: {{ model_profile: {nodeProfile} }}";
        var script = WorkflowScript.Of(
            $"name: demo\nmodels: [{{ id: mine, provider: openai, model: m, default: true }}]\ntasks: [{{ id: a, agent: writer, prompt: "
            + $"Hi.{node} }}]\n")
            .Agent("writer", AgentType.Simple,
                card => card with { DefaultModel = model, SupportedModels = model is null ? [] : ["gpt-4"], DefaultProfile = cardProfile })
            .Model(_ => "hello");
        script.Run();

        Assert.Equal(expected, string.Join(' ', Assert.Single(script.Routes).Models));
    }

    [Fact]
    public void Action_OfACard_IsToldByItsName()
    {
        var prompts = new List<string>();
        var script = WorkflowScript.Of("name: demo\ntasks: [{ id: a, agent: writer, action: summarize, with: { text: long } }]\n")
            .Agent("writer", AgentType.Simple).Model(request =>
        {
            prompts.Add(WorkflowScript.Prompt(request));
            return "short";
        });

        script.Run();

        Assert.StartsWith("Do this: summarize\n\nWork on this input:", Assert.Single(prompts), StringComparison.Ordinal);
    }

    [Fact]
    public void TimeoutSeconds_OfADelegatesCard_EndsItsAssignment()
    {
        var script = WorkflowScript.Of(
            "name: demo\nworkflow:\n  nodes: [{ id: n, agent: lead, task: go, config: { supervisor: { agents: [slow] } } }]\n")
            .Agent("lead", AgentType.Supervisor).Agent("slow", AgentType.Simple, card => card with { TimeoutSeconds = 5 });
        var told = "";
        script.Model(request =>
        {
            var last = WorkflowScript.Prompt(request);
            if (request.Scope.Agent == "slow")
            {
                return WorkflowScript.Fails("server_error", transient: true, retryAfterMs: 20_000);
            }

            told = last;
            return WorkflowScript.Says(
                last.Contains("Report of", StringComparison.Ordinal) ? """{"answer":"done"}"""
                    : """{"assignments":[{"agent":"slow","task":"x"}]}""");
        });

        Assert.Equal(ExecutionStatus.Completed, script.Run().Status);
        Assert.Contains("failed (timeout)", told, StringComparison.Ordinal);
    }
}
