using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Language.Tests.Definitions;

namespace Weft.Language.Tests.Loading;

public sealed class StepsLoadingTests
{
    [Fact]
    public void Load_StepsAsJson_BecomeToolTasksInOrder()
    {
        var result = WorkflowLoader.Load(
            Fixture.Read("issue_creation_workflow.json"), null, new LoadOptions { DefaultId = "issue_creation_workflow" });
        var body = (SequenceBody)result.Definition!.Body;

        Assert.Empty(result.Diagnostics);
        Assert.Equal("issue_creation_workflow", result.Definition.Id);
        Assert.Equal(["create_github_issue github.create_issue", "notify_team slack.send_message"],
            body.Tasks.Select(t => $"{t.Id} {((ToolStep)((BasicTask)t).Step).Tool}"));
        Assert.Equal("#dev-team", (string)body.Tasks[1].With!["channel"]!);
        Assert.True(body.FailFast);
    }

    [Fact]
    public void Load_EveryTypeOfStep_BecomesItsTask()
    {
        var body = (SequenceBody)Load.Definition("""
            workflow_name: demo
            execution_config: { fail_fast: false }
            steps:
              - { name: make it, type: transform, transform: { n: "{{ input.n + 1 }}" } }
              - { type: condition, condition: "steps.make_it.output.n > 1", else: GitHub }
              - { name: whole, action: slack.send_message, params: { text: hi }, retry_config: { max_retries: 2, backoff_multiplier: 3, initial_delay_seconds: 1 }, condition: "input.tell" }
              - { name: GitHub, action: GITHUB_CREATE_AN_ISSUE, timeout: 30s }
            """).Body;

        Assert.False(body.FailFast);
        Assert.Equal(["make_it", "step_1", "whole", "GitHub"], body.Tasks.Select(t => t.Id));
        Assert.Equal((null, "GitHub", "expr"), ((GateTask)body.Tasks[1]) is var g ? (g.Then, g.Else, g.Condition.Type) : default);
        Assert.Equal((3, 3d, TimeSpan.FromSeconds(1)),
            (body.Tasks[2].Policy.Retry!.MaxAttempts, body.Tasks[2].Policy.Retry!.BackoffCoefficient,
                body.Tasks[2].Policy.Retry!.FirstDelay));
        Assert.Equal("input.tell", body.Tasks[2].When!.Expression);
        Assert.Equal(("GITHUB_CREATE_AN_ISSUE", TimeSpan.FromSeconds(30)),
            (((ToolStep)((BasicTask)body.Tasks[3]).Step).Tool, body.Tasks[3].Policy.Timeout));
    }

    [Fact]
    public void Load_AFailureThatJumps_KeepsTheOrderOfTheOthers()
    {
        var body = (SequenceBody)Load.Definition("""
            name: demo
            steps:
              - { name: one, action: a.b, on_error: three }
              - { name: two, action: a.b, on_error: continue }
              - { name: three, action: a.b }
            """).Body;

        Assert.Equal(["two three False", "three  True", "  False"],
            body.Tasks.Select(t => $"{t.OnSuccess?.Next} {t.OnError?.Next} {t.ContinueOnError}"));
    }

    [Fact]
    public void Load_BrokenSteps_TellEveryFaultAtItsPlace() =>
        Assert.Equal(
            [
                "3:11 WEFT1009 'acton' is not a type of a step. Did you mean 'action'?",
                "4:5 WEFT1302 The action 'create_issue' needs 'app', or write it as 'app.create_issue'.",
                "5:5 WEFT1008 A condition step needs 'condition'.",
                "5:43 WEFT1301 No step is called 'tow'. Did you mean 'two'?",
                "6:5 WEFT1008 An action step needs 'action'.",
                "6:13 WEFT1010 Another step has the id 'two' already, in line 4. Give each its own.",
                "6:18 WEFT1006 'transfrom' is not a key of an action step. Known keys: action, app, condition, description, id, name, "
                + "on_error, on_unknown_outcome, outputs, params, retry, retry_config, timeout, type, with.",
            ],
            Load.Findings("""
                name: demo
                steps:
                  - type: acton
                  - { name: two, action: create_issue }
                  - { name: three, type: condition, else: tow }
                  - { name: two, transfrom: 1 }
                """));
}
