using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Workflows.Contracts;
using Weft.Workflows.Tests.Harness;

namespace Weft.Workflows.Tests.Agents;

public sealed class AgentTests
{
    [Fact]
    public void Models_ThatFail_AreFollowedByTheNext_AndTheTraceSaysWhy()
    {
        var script = One("simple").Ranking("a", "b", "c")
            .Model(x => x.Model!.Name == "c" ? WorkflowScript.Says("hello") : WorkflowScript.Fails("server_error"));

        var result = script.Run();

        Assert.Equal("hello", result.Output!["text"]!.ToString());
        var calls = script.Trace("n").ModelCalls;
        Assert.Equal(["failed", "failed", "success"], calls.Select(x => x.Status));
        Assert.Equal("fallback: b failed (server_error)", calls[2].Reason);
        Assert.Equal(
            ["n/1/m1.1", "n/1/m2.1", "n/1/m3.1"], script.Harness.CallsOf<CallModelRequest>(StepNames.CallModel).Select(x => x.CallId));
    }

    [Fact]
    public void Models_AreRankedByTheFirstCall_AndTheNextIsAskedByItsName()
    {
        var script = One("simple").Ranking("a", "b")
            .Model(x => x.Model!.Name == "b" ? WorkflowScript.Says("hello") : WorkflowScript.Fails("server_error"));

        script.Run();

        var calls = script.Harness.CallsOf<CallModelRequest>(StepNames.CallModel);
        Assert.Empty(script.Harness.CallsOf<RouteModelRequest>(StepNames.RouteModel));
        Assert.Equal([true, false], calls.Select(x => x.Route is not null));
        Assert.Equal([null, "b"], calls.Select(x => x.Model?.Name));
    }

    [Fact]
    public void Models_OfARunThatRankedApart_AreRankedApart()
    {
        var script = One("simple").Ranking("a", "b").RoutesApart()
            .Model(x => x.Model!.Name == "b" ? WorkflowScript.Says("hello") : WorkflowScript.Fails("server_error"));

        script.Run();

        Assert.Single(script.Harness.CallsOf<RouteModelRequest>(StepNames.RouteModel));
        Assert.Equal(
            ["a", "b"], script.Harness.CallsOf<CallModelRequest>(StepNames.CallModel).Select(x => x.Model!.Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Models_OfWhichNoneWillDo_FailTheNode_WithTheReason(bool apart)
    {
        var script = One("simple").Ranking().Model(_ => WorkflowScript.Says("never"));

        var result = (apart ? script.RoutesApart() : script).Run();

        Assert.Equal("no_model_available", result.Failure!.Code);
        Assert.Contains("the test says so", result.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Model_ThatFailsInPassing_IsTriedAgainAfterTheWaitItAskedFor()
    {
        var tries = 0;
        var script = One("simple").Model(
            _ => ++tries == 1 ? WorkflowScript.Fails("rate_limited", transient: true, retryAfterMs: 4_000) : WorkflowScript.Says("now"));

        script.Run();

        Assert.Equal(4_000, script.Document.DurationMs);
        Assert.Equal("try 2 after rate_limited", script.Trace("n").ModelCalls[1].Reason);
    }

    [Fact]
    public void Model_ThatAsksForALongWait_IsLeftForTheNext()
    {
        var script = One("simple").Ranking("a", "b")
            .Model(x =>
                x.Model!.Name == "a" ? WorkflowScript.Fails("rate_limited", transient: true, retryAfterMs: 60_000)
                    : WorkflowScript.Says("b"));

        script.Run();

        Assert.Equal(0, script.Document.DurationMs);
    }

    [Fact]
    public void Models_ThatAllFail_FailTheNodeAndAreNamed()
    {
        var script = One("simple").Ranking("a", "b").Model(_ => WorkflowScript.Fails("server_error"));

        var result = script.Run();

        Assert.Equal("no_model_answered", result.Failure!.Code);
        Assert.Contains("none of the 2 ranked models answered (a: server_error", result.Failure.Message);
        Assert.Equal("n", script.Document.Error!.NodeId);
    }

    [Fact]
    public void Model_WhoseFailureNoOtherSurvives_EndsTheWalk()
    {
        var script = One("simple").Ranking("a", "b").Model(_ => WorkflowScript.Fails("budget_exceeded", mayTryOther: false));

        Assert.Equal("budget_exceeded", script.Run().Failure!.Code);
        Assert.Single(script.Harness.CallsOf<CallModelRequest>(StepNames.CallModel));
    }

    [Fact]
    public void Answer_ThatDoesNotFitItsSchema_IsAskedForOnceMore()
    {
        var script = One("simple", "output_schema: { type: object, properties: { n: { type: integer } }, required: [n] }")
            .Model(x => x.CallId.Contains("repair") ? """{"n": 3}""" : """Sure! {"n": "three"}""");

        var result = script.Run();

        Assert.Equal(3, result.Output!["n"]!.GetValue<int>());
        var repair = script.Harness.CallsOf<CallModelRequest>(StepNames.CallModel)[1];
        Assert.Contains("/n: must be an integer, but is a string", WorkflowScript.Prompt(repair));
    }

    [Fact]
    public void Answer_ThatNeverFitsItsSchema_Fails()
    {
        var script = One("simple", "output_schema: { type: object, required: [n] }").Model(_ => "no idea");

        Assert.Equal("output_schema_violation", script.Run().Failure!.Code);
    }

    [Fact]
    public void Reasoning_CallsToolsInParallel_AndEqualCallsOnce()
    {
        var script = One("reasoning", "tools: [shop.get_order]")
            .Tool("shop.get_order", x => new JsonObject { ["got"] = x["id"]?.DeepClone() })
            .Model(x => x.Messages.Any(y => y.Role == "tool")
                ? WorkflowScript.Says("done")
                : WorkflowScript.Wants(
                    ("shop.get_order", """{"id": 1}"""), ("shop.get_order", """{"id": 2}"""), ("shop.get_order", """{ "id":1 }""")));

        var result = script.Run();

        Assert.Equal(["n/1/1/1", "n/1/1/2"], script.Harness.CallsOf<CallToolRequest>(StepNames.CallTool).Select(x => x.CallId));
        Assert.Equal(4, result.Output!["reasoning_chain"]!.AsArray().Count);
        Assert.Equal("""{"got":1}""", result.Output["reasoning_chain"]![2]!["observation"]!.ToString());
        Assert.Equal(2, result.Output["iterations"]!.GetValue<int>());
    }

    [Fact]
    public void Reasoning_ThatAsksForAForeignTool_IsToldWhichItHas()
    {
        var script = One("reasoning", "tools: [shop.get_order]")
            .Tool("shop.get_order", _ => 1)
            .Tool("shop.delete_order", _ => throw new InvalidOperationException("must not be called"))
            .Model(x =>
                x.Messages.Any(y => y.Role == "tool") ? WorkflowScript.Says("sorry") : WorkflowScript.Wants(("shop.delete_order", "{}")));

        script.Run();

        var told = script.Harness.CallsOf<CallModelRequest>(StepNames.CallModel)[1].Messages.Last(x => x.Role == "tool");
        Assert.Contains("'shop_delete_order' is not available here.", WorkflowScript.Text(told));
        Assert.Contains("Available: shop_get_order.", WorkflowScript.Text(told));
        Assert.Equal("refused", script.Trace("n").ToolCalls[0].Status);
    }

    [Fact]
    public void Reasoning_OnItsLastTurn_GetsNoToolsAndMustAnswer()
    {
        var script = One("reasoning", "tools: [shop.get_order], max_iterations: 3")
            .Tool("shop.get_order", _ => 1)
            .Model(x =>
                x.ToolChoice == "none" ? WorkflowScript.Says("what I know")
                    : WorkflowScript.Wants(("shop.get_order", $$"""{"turn": "{{x.CallId}}"}""")));

        var result = script.Run();

        Assert.Equal("what I know", result.Output!["answer"]!.ToString());
        Assert.Equal(3, script.Trace("n").Iterations);
        Assert.Single(script.Routes);
    }

    [Fact]
    public void Reasoning_ToolThatFails_IsToldToTheModel()
    {
        var script = One("reasoning", "tools: [shop.get_order]")
            .ToolOutcomes(
                "shop.get_order", _ => new ToolOutcome.Failed(new ToolFailure("provider_error", "no such order", Retryable: false), 3))
            .Model(x =>
                x.Messages.LastOrDefault(y => y.Role == "tool") is { } said ? WorkflowScript.Says(WorkflowScript.Text(said))
                    : WorkflowScript.Wants(("shop.get_order", "{}")));

        Assert.Equal("Error: provider_error: no such order", script.Run().Output!["answer"]!.ToString());
    }

    [Fact]
    public void Reasoning_LongToolAnswer_IsCutForTheModelAndStoredWhole()
    {
        var script = One("reasoning", "tools: [shop.get_order]")
            .Tool("shop.get_order", _ => new JsonObject { ["text"] = new string('x', 60_000) })
            .Model(x =>
                x.Messages.LastOrDefault(y => y.Role == "tool") is { } said ? WorkflowScript.Says($"saw {WorkflowScript.Text(said).Length}")
                    : WorkflowScript.Wants(("shop.get_order", "{}")));

        var answer = script.Run().Output!["answer"]!.ToString();

        Assert.InRange(int.Parse(answer["saw ".Length..]), 11_000, 26_000);
    }

    [Fact]
    public void UnknownOutcome_IsAskedOfAPerson_WhenTheNodeSaysSo()
    {
        var calls = 0;
        var script = One("reasoning", "tools: [shop.pay], on_unknown_outcome: ask")
            .ToolOutcomes("shop.pay",
                _ => ++calls == 1 ? new ToolOutcome.Failed(new ToolFailure("unknown_outcome", "the line broke", false), 1)
                    : new ToolOutcome.Succeeded("paid", 1))
            .Model(x => x.Messages.Any(y => y.Role == "tool") ? WorkflowScript.Says("paid") : WorkflowScript.Wants(("shop.pay", "{}")))
            .Signal("n", new JsonObject { ["choice"] = "retry" });

        Assert.Equal(ExecutionStatus.Completed, script.Run().Status);
        Assert.Equal(2, calls);
    }

    [Fact]
    public void UnknownOutcome_FailsTheNodeOtherwise()
    {
        var script = One("reasoning", "tools: [shop.pay]")
            .ToolOutcomes("shop.pay", _ => new ToolOutcome.Failed(new ToolFailure("unknown_outcome", "the line broke", false), 1))
            .Model(_ => WorkflowScript.Wants(("shop.pay", "{}")));

        var result = script.Run();

        Assert.Equal("unknown_outcome", result.Failure!.Code);
        Assert.Equal(0.001, result.TotalCostUsd, 6);
    }

    [Fact]
    public void Code_StepThatFails_IsPlannedAgain_AndWhatSucceededIsNotRepeated()
    {
        var returns = 0;
        var script = One("code", "allowed_tools: [shop.get_order, shop.create_return]")
            .Tool("shop.get_order", _ => new JsonObject { ["id"] = "o-1" })
            .ToolOutcomes("shop.create_return",
                _ => ++returns == 1 ? new ToolOutcome.Failed(new ToolFailure("provider_error", "try later", false), 1)
                    : new ToolOutcome.Succeeded(new JsonObject { ["return_id"] = "R" }, 1))
            .Model(x => x.CallId.EndsWith("/verify/m1.1", StringComparison.Ordinal)
                ? """{"success": true, "summary": "ok", "data": {"return_id": "R"}}"""
                : """{"steps": [{"id": "a", "tool": "shop.get_order", "arguments": {"id": "o-1"}}, {"id": "b", "tool": "shop.create_return", "arguments": {"order": "{{steps.a.output.id}}"}}]}""");

        var result = script.Run();

        Assert.Equal("R", result.Output!["return_id"]!.ToString());
        Assert.Single(script.Harness.CallsOf<CallToolRequest>(StepNames.CallTool), x => x.Tool == "shop.get_order");
        Assert.Equal(["n/1/1/1", "n/1/1/2", "n/1/2/2"], script.Harness.CallsOf<CallToolRequest>(StepNames.CallTool).Select(x => x.CallId));
        Assert.Contains("try later", WorkflowScript.Prompt(script.Harness.CallsOf<CallModelRequest>(StepNames.CallModel)[1]));
    }

    [Theory]
    [InlineData("{{ env.SECRET }}")]
    [InlineData("{{ tools.other.call(1) }}")]
    public void Code_PlanThatReachesPastItsTools_IsRefused(string reach)
    {
        var plan = new JsonObject { ["steps"] =
            new JsonArray(new JsonObject { ["id"] = "a", ["tool"] = "shop.get_order", ["arguments"] = new JsonObject { ["x"] = reach } }) };
        var script = One("code", "allowed_tools: [shop.get_order], max_retries: 0")
            .Tool("shop.get_order", _ => throw new InvalidOperationException("must not be called"))
            .Model(x => x.CallId.Contains("/verify") ? """{"success": false, "summary": "could not"}""" : plan.ToJsonString());

        var result = script.Run();

        Assert.False(result.Output!["success"]!.GetValue<bool>());
        Assert.Contains("refer to steps and context only", result.Output["steps"]![0]!["error"]!.ToString());
    }

    [Fact]
    public void Code_ToolOutsideItsList_IsRefusedAndTold()
    {
        var script = One("code", "allowed_tools: [shop.get_order], max_retries: 1")
            .Tool("shop.get_order", _ => 1)
            .Tool("shop.delete", _ => throw new InvalidOperationException("must not be called"))
            .Model(x => x.CallId.Contains("/verify") ? """{"success": true, "summary": "done"}"""
                : x.CallId.Contains("/1/plan") ? """{"steps": [{"id": "a", "tool": "shop.delete", "arguments": {}}]}"""
                    : """{"steps": []}""");

        var result = script.Run();

        Assert.True(result.Output!["success"]!.GetValue<bool>());
        Assert.Equal("refused", result.Output["steps"]![0]!["status"]!.ToString());
        Assert.Contains("is not available here", WorkflowScript.Prompt(script.Harness.CallsOf<CallModelRequest>(StepNames.CallModel)[1]));
    }

    [Fact]
    public void Code_ThatDoesNotReachItsGoal_SaysSoInsteadOfFailing()
    {
        var script = One("code", "max_retries: 3").Model(
            x => x.CallId.Contains("/verify") ? """{"success": false, "retry": false, "summary": "there is no such order"}"""
                : """{"steps": []}""");

        var result = script.Run();

        Assert.Equal(ExecutionStatus.Completed, result.Status);
        Assert.Equal("there is no such order", result.Output!["summary"]!.ToString());
        Assert.Equal(2, script.Harness.CallsOf<CallModelRequest>(StepNames.CallModel).Count);
    }

    [Fact]
    public void Supervisor_HandsOutWork_AndAnswersFromTheReports()
    {
        var script = WorkflowScript.Of(
            """
            name: w
            workflow:
              nodes:
                - { id: n, agent: supervisor, task: "find out", config: { supervisor: { agents: [simple, reasoning], max_rounds: 3 } } }
              edges: []
            """)
            .Agent("supervisor", AgentType.Supervisor).Agent("simple", AgentType.Simple).Agent("reasoning", AgentType.Reasoning)
            .Model(x => x.Scope.Agent switch
            {
                "simple" => WorkflowScript.Says("it is blue"),
                "reasoning" => WorkflowScript.Says("it is big"),
                _ => WorkflowScript.Prompt(x).Contains("Report of")
                    ? WorkflowScript.Says("""{"assignments": [], "answer": "big and blue"}""")
                    : WorkflowScript.Says(
                        """{"assignments": [{"agent": "simple", "task": "colour?"}, {"agent": "reasoning", "task": "size?"}]}"""),
            });

        var result = script.Run();

        Assert.Equal("big and blue", result.Output!["answer"]!.ToString());
        Assert.Equal(4 * 0.001, result.TotalCostUsd, 6);
    }

    [Fact]
    public void Memory_IsReadIntoThePrompt_AndWrittenAfterTheWork()
    {
        var script = WorkflowScript.Of(
            """
            name: w
            models: [{ provider: openai, model: gpt-4, default: true }]
            agents:
              - id: helper
                instructions: Help.
                memory: [{ id: notes, key: "user:{{ .workflow.input.user }}", mode: read-write }]
                actions: [{ id: help, prompt: "Before: {{ .memory.notes }} Now: {{ .input.ask }}" }]
            memories: [{ id: notes, type: buffer }]
            tasks: [{ id: t, agent: helper, action: help, with: { ask: why } }]
            """)
            .Model(WorkflowScript.Prompt);
        var written = new List<MemoryRequest>();
        script.Memory = request =>
        {
            if (request.Operation == "append")
            {
                written.Add(request);
            }

            return new MemoryResult(
                new JsonObject { ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "hello" }) });
        };

        var result = script.Run(new JsonObject { ["user"] = "ada" });

        Assert.Equal("Before: user: hello Now: why", result.Output!["text"]!.ToString());
        Assert.Equal("user:ada", Assert.Single(written).Key);
        Assert.Equal("why", written[0].Payload![0]!["content"]!.ToString()[^3..]);
    }

    [Fact]
    public void Sources_FillThePrompt_AndAFailingOneIsAWarning()
    {
        var script = WorkflowScript.Of(
            """
            name: w
            workflow:
              nodes:
                - id: n
                  agent: simple_agent
                  config: { context_sources: [conversation_history, knowledge_base] }
                  prompt_template: "{% for doc in knowledge_base %}{{ doc.content }}{% endfor %}|{{ conversation_history | length }}"
              edges: []
            """)
            .Agent("simple_agent", AgentType.Simple)
            .Model(WorkflowScript.Prompt);
        script.Memory = request => request.Operation == "search"
            ? new MemoryResult(new JsonArray(new JsonObject { ["content"] = request.Payload!["query"]!.DeepClone() }))
            : throw new InvalidOperationException("no store");

        var result = script.Run(new JsonObject { ["customer_message"] = "hours?" }, new JsonObject { ["conversation_id"] = "c" });

        Assert.Equal("hours?|0", result.Output!["text"]!.ToString());
        Assert.Contains(script.Trace("n").Warnings, x => x.Contains("'conversation_history' was not read"));
    }

    private static WorkflowScript One(string type, string config = "model_profile: fast") => WorkflowScript.Of(
        $$"""
        name: w
        workflow:
          nodes:
            - { id: n, agent: {{type}}_agent, {{(type == "simple" ? "prompt_template" : type == "code" ? "goal" : "task")}}: "do it", config: { {{config}} } }
          edges:
            - { from: n, to: END }
        """)
        .Agent("simple_agent", AgentType.Simple).Agent("reasoning_agent", AgentType.Reasoning).Agent("code_agent", AgentType.Code);
}
