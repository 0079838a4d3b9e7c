using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;
using Weft.Workflows.Durable;
using Weft.Workflows.Execution;
using Weft.Workflows.Tests.Harness;

namespace Weft.Workflows.Tests.Sequences;

public sealed class SequenceTests
{
    [Fact]
    public void List_WithoutTransitions_RunsInOrder()
    {
        var script = Tasks(
            """
            tasks:
              - { id: a, with: { n: 1 } }
              - { id: b, with: { n: "{{ .tasks.a.output.n + 1 }}" } }
              - { id: c, with: { n: "{{ .tasks.b.output.n + 1 }}" } }
            """);

        var result = script.Run();

        Assert.Equal(ExecutionStatus.Completed, result.Status);
        Assert.Equal(3, result.Output!["n"]!.GetValue<int>());
        Assert.Equal(["a", "b", "c"], script.Document.Trace.Nodes.Select(x => x.NodeId));
    }

    [Fact]
    public void List_WithTransitions_IsDrivenByThem()
    {
        var script = Tasks(
            """
            tasks:
              - { id: a, with: { n: 1 }, on_success: { next: c, with: { from: a } } }
              - { id: b, with: { n: 2 } }
              - { id: c, with: { n: 3 } }
            """);

        var result = script.Run();

        Assert.Equal(["a", "c"], script.Document.Trace.Nodes.Select(x => x.NodeId));
        Assert.Equal("a", result.Output!["from"]!.ToString());
    }

    [Fact]
    public void Failure_WithAHandler_IsHandledAndSeen()
    {
        var script = Tasks(
            """
            tasks:
              - { id: a, tool: shop.break, on_error: mend }
              - { id: mend, with: { why: "{{ .error.code }}", also: "{{ .tasks.a.status }}" } }
            """).ToolOutcomes("shop.break", _ => new ToolOutcome.Failed(new ToolFailure("provider_error", "no", Retryable: false), 1));

        var result = script.Run();

        Assert.Equal(ExecutionStatus.Completed, result.Status);
        Assert.Equal("provider_error", result.Output!["why"]!.ToString());
        Assert.Equal("failed", result.Output!["also"]!.ToString());
    }

    [Fact]
    public void Failure_WithoutAHandler_FailsTheRunByName()
    {
        var script = Tasks("tasks: [{ id: a, tool: shop.break }, { id: b }]")
            .ToolOutcomes("shop.break", _ => new ToolOutcome.Failed(new ToolFailure("provider_error", "no", Retryable: false), 1));

        var result = script.Run();

        Assert.Equal(ExecutionStatus.Failed, result.Status);
        Assert.Equal("a", script.Document.Error!.NodeId);
        Assert.Equal("provider_error", script.Document.Error.Code);
    }

    [Fact]
    public void Tool_ThatAnswersWithAnError_Fails()
    {
        var script = Tasks("tasks: [{ id: a, tool: shop.get }]").Tool("shop.get", _ => new JsonObject { ["success"] = false });

        Assert.Equal("tool_reported_failure", script.Run().Failure!.Code);
    }

    [Fact]
    public void Failure_PassedOver_LetsTheListGoOn()
    {
        var script = Tasks("tasks: [{ id: a, tool: shop.break, on_error: continue }, { id: b, with: { x: 1 } }]")
            .ToolOutcomes("shop.break", _ => new ToolOutcome.Failed(new ToolFailure("provider_error", "no", Retryable: false), 1));

        Assert.Equal(ExecutionStatus.Completed, script.Run().Status);
        Assert.Equal(NodeStatus.Failed, script.Trace("a").Status);
    }

    [Fact]
    public void Circle_OfTransitions_IsStoppedByTheGuard()
    {
        var script = Tasks("tasks: [{ id: a, on_success: b }, { id: b, on_success: a }]");
        script.Harness.Orchestrators =
            [OrchestratorRegistration.Of<RunWorkflowInput, WorkflowResult>(
                StepNames.RunWorkflow, _ => new WorkflowOrchestrator(new CompiledWorkflows()) { MostTaskRuns = 20 })];

        var failure = script.Run().Failure!;

        Assert.Equal("too_many_steps", failure.Code);
        Assert.Contains("has run 20 tasks", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parallel_Children_AnswerToBothForms()
    {
        var script = Tasks(
            """
            tasks:
              - id: par
                type: parallel
                tasks:
                  - { id: left, with: { mood: good } }
                  - { id: right, with: { mood: bad } }
              - id: both
                type: aggregate
                outputs:
                  short: "{{ .tasks.par.output.left.mood }}"
                  long: "{{ .tasks.par.output.right.output.mood }}"
            """);

        var result = script.Run();

        Assert.Equal("""{"short":"good","long":"bad"}""", result.Output!.ToJsonString());
        Assert.Equal("""{"left":{"mood":"good"},"right":{"mood":"bad"}}""", script.Document.Outputs["par"]!["output"]!.ToJsonString());
    }

    [Theory]
    [InlineData("race", true, "quick")]
    [InlineData("wait_first", true, "quick")]
    [InlineData("fail_fast", false, null)]
    public void Parallel_ThatIsDecided_CancelsTheRest(string strategy, bool succeeds, string? winner)
    {
        var script = Tasks(
            $$"""
            tasks:
              - id: par
                type: parallel
                strategy: {{strategy}}
                tasks:
                  - { id: quick, tool: shop.quick }
                  - { id: slow, sleep: 10m, tool: shop.slow }
            """)
            .Tool("shop.slow", _ => throw new InvalidOperationException("must not be called"))
            .ToolOutcomes("shop.quick",
                _ => succeeds ? new ToolOutcome.Succeeded(new JsonObject { ["a"] = 1 }, 1)
                    : new ToolOutcome.Failed(new ToolFailure("provider_error", "no", false), 1));

        var result = script.Run();

        Assert.Equal(succeeds ? ExecutionStatus.Completed : ExecutionStatus.Failed, result.Status);
        Assert.Equal(NodeStatus.Cancelled, script.Trace("slow").Status);
        Assert.Equal(winner, result.Output?.AsObject().Single().Key);
        Assert.True(script.Document.DurationMs < 1000);
    }

    [Fact]
    public void BestEffort_LeavesOutWhatFailed()
    {
        var script = Tasks(
            """
            tasks:
              - id: par
                type: parallel
                strategy: best_effort
                tasks: [{ id: good, with: { a: 1 } }, { id: bad, tool: shop.break }]
            """).ToolOutcomes("shop.break", _ => new ToolOutcome.Failed(new ToolFailure("provider_error", "no", false), 1));

        Assert.Equal("""{"good":{"a":1}}""", script.Run().Output!.ToJsonString());
    }

    [Fact]
    public void Collection_GivesAListInTheOrderOfItems()
    {
        var script = Tasks(
            """
            tasks:
              - id: all
                type: collection
                items: "{{ .workflow.input.numbers }}"
                filter: "{{ .item > 1 }}"
                with: { shared: yes }
                task: { id: "one-{{ .index }}", type: basic, with: { n: "{{ .item }}", at: "{{ .index }}" } }
                outputs: { list: "{{ .output }}" }
              - { id: sum, type: aggregate, outputs: { sum: "{{ .tasks.all.output.list | map('n') | sum }}", first: "{{ index .tasks \"one-0\" \"output\" \"n\" }}" } }
            """,
            seed: 7);

        var result = script.Run(new JsonObject { ["numbers"] = new JsonArray(1, 2, 3, 4) });

        Assert.Equal("""{"sum":9,"first":2}""", result.Output!.ToJsonString());
        Assert.Equal("""{"shared":"yes","n":2,"at":0}""", script.Document.Outputs["one-0"]!["output"]!.ToJsonString());
    }

    [Theory]
    [InlineData("1..4", 4)]
    [InlineData("c..a", 3)]
    [InlineData("[1, 2]", 2)]
    [InlineData("just one", 1)]
    public void Collection_OfAText_CountsWhatItMeans(string items, int count)
    {
        var script = Tasks(
            $"tasks: [{{ id: all, type: collection, items: \"{items}\", task: {{ id: \"x-{{{{ .index }}}}\", with: {{ v: \"{{{{ .item "
            + $"}}}}\" }} }} }}]");

        Assert.Equal(count, script.Run().Output!.AsArray().Count);
    }

    [Fact]
    public void Collection_InBatches_StopsAtTheFirstFailedBatch()
    {
        var script = Tasks(
            """
            tasks:
              - id: all
                type: collection
                items: "1..6"
                batch: 2
                strategy: fail_fast
                task: { id: "n-{{ .item }}", tool: shop.try, with: { n: "{{ .item }}" } }
            """).ToolOutcomes("shop.try",
                x => x["n"]!.GetValue<int>() < 3 ? new ToolOutcome.Succeeded(1, 1)
                    : new ToolOutcome.Failed(new ToolFailure("provider_error", "no", false), 1));

        Assert.Equal(ExecutionStatus.Failed, script.Run().Status);
        Assert.DoesNotContain(script.Document.Trace.Nodes, x => x.NodeId is "n-5" or "n-6");
    }

    [Fact]
    public void Router_WithInlineTasks_AnswersWithTheirOutput()
    {
        var script = Tasks(
            """
            tasks:
              - id: route
                type: router
                condition: "{{ .workflow.input.kind }}"
                routes:
                  urgent: { id: now, type: basic, with: { message: at once } }
                  default: { id: later, type: basic, with: { message: some day } }
            outputs:
              said: "{{ .tasks.route.output.message }}"
              taken: "{{ .tasks.route.output.route_taken }}"
            """);

        Assert.Equal("""{"said":"at once","taken":"now"}""", script.Run(new JsonObject { ["kind"] = "urgent" }).Output!.ToJsonString());
    }

    [Fact]
    public void Router_InAnOrderedList_RunsOneBranchAndGoesOn()
    {
        var script = Tasks(
            """
            tasks:
              - { id: route, type: router, condition: "workflow.input.kind", routes: { x: task_x, y: task_y } }
              - { id: task_x, with: { v: x } }
              - { id: task_y, with: { v: y } }
              - { id: last }
            """);

        script.Run(new JsonObject { ["kind"] = "x" });

        Assert.Equal(["route", "task_x", "last"], script.Document.Trace.Nodes.Select(x => x.NodeId));
    }

    [Fact]
    public void Loop_EndsWhenItsConditionHolds()
    {
        var script = Tasks(
            """
            tasks:
              - id: again
                type: loop
                until: "output.count.n >= 3"
                max_iterations: 10
                tasks: [{ id: count, with: { n: "{{ .iteration }}" } }]
            """);

        var result = script.Run();

        Assert.Equal(3, result.Output!["iterations"]!.GetValue<int>());
        Assert.False(result.Output["exhausted"]!.GetValue<bool>());
    }

    [Fact]
    public void SubWorkflow_AnswersItsOutput_AndItsCost()
    {
        var script = Tasks("tasks: [{ id: child, type: workflow, workflow: inner, with: { n: 4 } }]")
            .With("name: inner\ntasks: [{ id: double, with: { n: \"{{ .workflow.input.n * 2 }}\" } }]");

        var result = script.Run();

        Assert.Equal(8, result.Output!["n"]!.GetValue<int>());
        Assert.Equal("exec-1", script.Harness.Documents[0].ParentExecutionId);
    }

    [Fact]
    public void SubWorkflow_ThatRunsItself_IsStopped()
    {
        var script = Tasks("tasks: [{ id: child, type: workflow, workflow: t }]");

        Assert.Equal("too_deep", script.Run().Failure!.Code);
    }

    [Fact]
    public void Steps_OfWhichSomeFail_ArePartial()
    {
        var script = WorkflowScript.Of(
            """
            name: t
            fail_fast: false
            steps:
              - { name: one, type: action, app: shop, action: ok }
              - { name: two, type: action, app: shop, action: break }
              - { name: three, type: transform, transform: { sum: "{{ one.output.n }}" } }
            """)
            .Tool("shop.ok", _ => new JsonObject { ["n"] = 3 })
            .ToolOutcomes("shop.break", _ => new ToolOutcome.Failed(new ToolFailure("provider_error", "no", false), 1));

        var result = script.Run();

        Assert.Equal(ExecutionStatus.Partial, result.Status);
        Assert.Equal("""{"sum":3}""", result.Output!.ToJsonString());
        Assert.Equal("two", script.Document.Error!.NodeId);
    }

    [Fact]
    public void Gate_ThatDoesNotHold_SkipsTheRest()
    {
        var script = WorkflowScript.Of(
            """
            name: t
            steps:
              - { name: check, type: condition, condition: "workflow.input.go" }
              - { name: act, type: transform, transform: { done: true } }
            """);

        var result = script.Run(new JsonObject { ["go"] = false });

        Assert.Equal(ExecutionStatus.Completed, result.Status);
        Assert.Contains("'check'", script.Trace("act").Reason);
    }

    [Fact]
    public void Trace_OfAGate_CallsItACondition()
    {
        var script = WorkflowScript.Of(
            """
            name: t
            steps:
              - { name: check, type: condition, condition: "1 == 1" }
              - { name: act, type: transform, transform: { done: true } }
            """);

        script.Run();

        Assert.Equal(["condition", "transform"], script.Document.Trace.Nodes.Select(x => x.Kind));
    }

    [Fact]
    public void Adopted_Tasks_AreNotRunAgain()
    {
        var script = Tasks("tasks: [{ id: a, tool: shop.never }, { id: b, with: { n: \"{{ .tasks.a.output.n }}\" } }]")
            .Tool("shop.never", _ => throw new InvalidOperationException("must not be called"))
            .Adopts("a", new JsonObject { ["n"] = 5 });

        Assert.Equal(5, script.Run().Output!["n"]!.GetValue<int>());
        Assert.Equal(0, script.Document.TotalCostUsd);
    }

    [Fact]
    public void UnknownPath_InADataPosition_FailsAndNamesTheNearest()
    {
        var script = Tasks("tasks: [{ id: first, with: { name: x } }, { id: b, with: { n: \"{{ .tasks.first.output.nam }}\" } }]");

        var result = script.Run();

        Assert.Equal("template_unknown_path", result.Failure!.Code);
        Assert.Contains("Did you mean", result.Failure.Message);
    }

    private static WorkflowScript Tasks(string yaml, int? seed = null) => WorkflowScript.Of("name: t\n" + yaml, seed);
}
