using System.Text.Json.Nodes;
using Weft.Workflows.Contracts;
using Weft.Workflows.Tests.Harness;

namespace Weft.Workflows.Tests.Sequences;

/// <summary>Tasks that wait for the outside, or speak to it.</summary>
public sealed class SequenceWaitTests
{
    [Fact]
    public void Wait_TakesAnEarlySignalThatMeetsItsCondition()
    {
        var script = Tasks(
            """
            tasks:
              - { id: before, sleep: 1m }
              - { id: hold, type: wait, wait_for: paid, condition: "signal.payload.amount > 10", timeout: 1h }
            """)
            .Signal("paid", new JsonObject { ["amount"] = 5 })
            .Signal("other", null)
            .Signal("paid", new JsonObject { ["amount"] = 50 });

        var result = script.Run();

        Assert.Equal("completed", result.Output!["wait_status"]!.ToString());
        Assert.Equal(50, result.Output["signal"]!["payload"]!["amount"]!.GetValue<int>());
        Assert.Contains(script.Harness.Statuses, x => x!["waiting"]!.AsArray().Any(y => y!["signal"]!.ToString() == "paid"));
    }

    [Fact]
    public void Wait_WhoseTimeIsUp_GoesWhereItsTimeoutLeads()
    {
        var script = Tasks(
            """
            tasks:
              - { id: hold, type: wait, wait_for: paid, timeout: 1h, on_timeout: remind, on_success: done }
              - { id: remind, with: { v: reminded } }
              - { id: done }
            """);

        var result = script.Run();

        Assert.Equal("reminded", result.Output!["v"]!.ToString());
        Assert.Equal(3_600_000, script.Document.DurationMs);
    }

    [Fact]
    public void Approval_TakesAChoice_AndIgnoresOthers()
    {
        var script = Tasks("tasks: [{ id: ok, type: approval, approvers: [ann], choices: [approve, reject], timeout: 1d }]")
            .Signal("ok", new JsonObject { ["choice"] = "maybe" })
            .Signal("ok", new JsonObject { ["choice"] = "approve", ["approver"] = "bob" })
            .Signal("ok", new JsonObject { ["choice"] = "reject", ["approver"] = "ann" });

        var result = script.Run();

        Assert.Equal("reject", result.Output!["choice"]!.ToString());
        Assert.Equal(2, script.Document.Trace.Warnings.Count);
    }

    [Fact]
    public void Approval_ThatNobodyAnswers_EscalatesAndThenTakesItsDefault()
    {
        var script = Tasks(
            "tasks: [{ id: ok, type: approval, timeout: 2h, default_choice: reject, escalation: { after: 1h, to: [boss] }, approvers: "
            + "[ann] }]");

        var result = script.Run();

        Assert.Equal("""{"choice":"reject","timed_out":true}""", result.Output!.ToJsonString());
        Assert.Equal(7_200_000, script.Document.DurationMs);
        Assert.Contains(script.Harness.Statuses, x => x!.ToJsonString().Contains("boss"));
    }

    [Fact]
    public void Signal_WithATarget_ReachesTheOtherExecution_AndWithoutOneStartsTriggers()
    {
        var script = Tasks(
            """
            tasks:
              - { id: tell, type: signal, signal: { id: paid, target: exec-9 }, payload: { n: 1 } }
              - { id: start, type: signal, signal: { id: "order-{{ 7 }}" } }
            """);

        var result = script.Run();

        Assert.Equal("started-by-order-7", result.Output!["executions"]![0]!.ToString());
    }

    private static WorkflowScript Tasks(string yaml, int? seed = null) => WorkflowScript.Of("name: t\n" + yaml, seed);
}
