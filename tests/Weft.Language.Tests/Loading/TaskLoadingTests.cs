using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Language.Tests.Definitions;

namespace Weft.Language.Tests.Loading;

public sealed class TaskLoadingTests
{
    [Fact]
    public void Load_HelloWorld_UsesTheAgentOfTheFile()
    {
        var definition = WorkflowLoader.Load(Fixture.Read("hello-world.yaml"), "hello-world.yaml").Definition!;
        var task = Assert.IsType<BasicTask>(Assert.Single(((SequenceBody)definition.Body).Tasks));
        var agent = Assert.Single(definition.Agents);

        Assert.Equal(("greeter", "greet"), (((AgentStep)task.Step).Agent, ((AgentStep)task.Step).Action));
        Assert.Equal("{{ .workflow.input.name }}", (string)task.With!["name"]!);
        Assert.Equal(("gpt-4", 0.7, 1000), (agent.Model, agent.Config.Temperature, agent.Config.MaxTokens));
        Assert.Equal("{{ .env.OPENAI_API_KEY }}", Assert.Single(definition.Models).ApiKey);
        Assert.Equal("""["greeting","tone"]""",
            System.Text.Json.JsonSerializer.Serialize(
                ((System.Text.Json.Nodes.JsonObject)agent.Actions[0].OutputSchema!["properties"]!).Select(p => p.Key)));
        Assert.Equal("{{ now }}", (string)definition.Outputs!["metadata"]!["timestamp"]!);
    }

    [Fact]
    public void Load_TwoAgentsOnOneModel_ShareIt()
    {
        var definition = WorkflowLoader.Load(Fixture.Read("intelligent-customer-support.yaml"), "x.yaml").Definition!;

        Assert.Equal(["gpt-4-turbo", "claude-3-opus", "gpt-4"], definition.Models.Select(m => m.Name));
        Assert.Equal(["ticket_classifier gpt-4-turbo", "technical_specialist claude-3-opus", "billing_specialist gpt-4"],
            definition.Agents.Select(a => $"{a.Id} {a.Model}"));
        Assert.Equal(["billing_system"], definition.Agents[2].Config.Tools);
        Assert.Equal(["billing_system http", "notification_system javascript"], definition.Tools.Select(t => $"{t.Id} {t.Type}"));
        Assert.Equal("""{"privacy":{"enabled":true,"retention_policy":"30d"}}""", definition.Agents[1].Memory[0].Settings!.ToJsonString());
    }

    [Fact]
    public void Load_EveryTaskType_BecomesItsRecord()
    {
        var tasks = Load.Tasks("""
            name: demo
            memories: [{ id: notes, type: buffer }]
            composio: { apps: [gmail] }
            tasks:
              - { id: nothing, with: { x: 1 }, sleep: 5s, final: false }
              - { id: prompt, prompt: Say hello., model_profile: fast, max_iterations: 3 }
              - { id: tool, tool: gmail.send_email, retries: 2, on_unknown_outcome: retry, env: { A: b } }
              - { id: par, type: parallel, strategy: wait_any, max_workers: 2, tasks: [{ id: p1 }, { id: p2 }] }
              - { id: col, type: collection, items: "1..3", filter: "{{ .item > 1 }}", item_var: n, mode: sequential, batch: 2, task: { id: "c-{{ .index }}" } }
              - { id: comp, type: composite, strategy: wait_all, tasks: [{ id: s1 }, { id: s2 }] }
              - { id: route, type: router, condition: input.n > 1, routes: { true: { id: yes_task }, "false": { id: no_task } }, default_route: nothing }
              - { id: agg, type: aggregate, outputs: { all: "{{ .tasks.par.output }}" } }
              - { id: wait, type: wait, wait_for: "ready-{{ .workflow.id }}", condition: 'signal.payload.ok == true', timeout: "{{ .workflow.input.patience }}", processor: { id: look } }
              - { id: sig, type: signal, signal: { id: done, payload: { x: 1 } } }
              - { id: mem, type: memory, operation: clear, memory_ref: notes, key_template: "k:{{ .workflow.input.id }}", clear_config: { confirm: true } }
              - { id: appr, type: approval, approvers: [boss], choices: [go, stop], timeout: 2d, default_choice: stop, escalation: { after: 1d, to: [ceo] } }
              - { id: loop, type: loop, while: "tasks.x.output.n < 3", max_iterations: 5, task: { id: x } }
              - { id: sub, type: workflow, workflow: other, with: { a: 1 } }
              - { id: tr, type: transform, value: { n: "{{ 1 + 1 }}" }, when: "input.n == 1" }
            """);

        Assert.IsType<TransformStep>(((BasicTask)tasks[0]).Step);
        Assert.Equal("5s", tasks[0].Sleep);
        Assert.Equal(("prompt-llm", "Say hello.", "fast", 3),
            ((AgentStep)((BasicTask)tasks[1]).Step) is var s ? (s.Agent, s.Prompt, s.Config.ModelProfile, s.Config.MaxIterations)
                : default);
        Assert.Equal((3, UnknownOutcomePolicy.Retry, "b"),
            (tasks[2].Policy.Retry!.MaxAttempts, ((ToolStep)((BasicTask)tasks[2]).Step).OnUnknownOutcome, tasks[2].Env["A"]));
        Assert.Equal((GroupStrategy.Race, 2, 2), ((ParallelTask)tasks[3]) is var p ? (p.Strategy, p.MaxWorkers, p.Tasks.Count) : default);
        Assert.Equal(("1..3", "n", "index", true, 2, "c-{{ .index }}"),
            ((CollectionTask)tasks[4]) is var c ? ((string)c.Items!, c.ItemVar, c.IndexVar, c.Sequential, c.Batch, c.Task.Id) : default);
        Assert.Equal(["s1", "s2"], ((CompositeTask)tasks[5]).Tasks.Select(t => t.Id));
        Assert.Equal(["true yes_task ", "false no_task ", "default  nothing"],
            ((RouterTask)tasks[6]).Routes.Select(r => $"{r.Key} {r.Task?.Id} {r.Target}"));
        Assert.NotNull(Assert.IsType<AggregateTask>(tasks[7]).Outputs);
        Assert.Equal(("ready-{{ .workflow.id }}", "expr", "{{ .workflow.input.patience }}", "look"),
            ((WaitTask)tasks[8]) is var w ? (w.WaitFor, w.Condition!.Type, w.Timeout, w.Processor!.Id) : default);
        Assert.Equal(("done", """{"x":1}"""), ((SignalTask)tasks[9]) is var g ? (g.Signal, g.Payload!.ToJsonString()) : default);
        Assert.Equal(("clear", "notes", """{"clear_config":{"confirm":true}}"""),
            ((MemoryTask)tasks[10]) is var m ? (m.Operation, m.MemoryRef, m.Settings!.ToJsonString()) : default);
        Assert.Equal(("go,stop", "2d", "stop", "1d"),
            ((ApprovalTask)tasks[11]) is var a ? (string.Join(',', a.Choices), a.Timeout, a.DefaultChoice, a.Escalation!.After) : default);
        Assert.Equal((5, "tasks.x.output.n < 3"), ((LoopTask)tasks[12]) is var l ? (l.MaxIterations, l.While!.Expression) : default);
        Assert.Equal("other", ((SubWorkflowStep)((BasicTask)tasks[13]).Step).WorkflowId);
        Assert.Equal("input.n == 1", tasks[14].When!.Expression);
    }

    [Fact]
    public void Load_PlainAndQuotedTruthAsRoutes_AreTheSameKey() =>
        Assert.Contains(
            "6:11 WEFT1003 The key 'true' is already given in line 5. Remove one of the two.",
            Load.Findings("""
                name: demo
                tasks:
                  - { id: r, type: router, condition: "{{ .input.x }}",
                      routes: {
                          true: { id: a },
                          "true": { id: b } } }
                """));

    [Fact]
    public void Load_ACollectionOfSeveralTasks_RunsThemAsOne()
    {
        var collection = (CollectionTask)Load.Tasks("""
            name: demo
            tasks:
              - { id: each, type: collection, items: [1, 2], tasks: [{ id: "a-{{ .index }}" }, { id: "b-{{ .index }}" }] }
            """)[0];

        Assert.Equal(("each-{{ .index }}", 2), (collection.Task.Id, ((CompositeTask)collection.Task).Tasks.Count));
    }

    [Fact]
    public void Load_TransitionsInEveryForm_AreKept()
    {
        var tasks = Load.Tasks("""
            name: demo
            tasks:
              - { id: a, on_success: { next: b, with: { n: 1 } }, on_error: c }
              - { id: b, on_error: continue, on_success: c }
              - { id: c, config: { on_error: { next: a }, retry_policy: { maximum_attempts: 7 }, start_to_close_timeout: 5m, schedule_to_close_timeout: 6 minutes } }
            """);

        Assert.Equal(
            ("b", """{"n":1}""", "c"), (tasks[0].OnSuccess!.Next, tasks[0].OnSuccess!.With!.ToJsonString(), tasks[0].OnError!.Next));
        Assert.Equal((true, null), (tasks[1].ContinueOnError, tasks[1].OnError));
        Assert.Equal(("a", 7, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6)),
            (tasks[2].OnError!.Next, tasks[2].Policy.Retry!.MaxAttempts, tasks[2].Policy.AttemptTimeout, tasks[2].Policy.Timeout));
    }

    [Fact]
    public void Load_TasksNestedTwentyDeep_IsFineAndNoDeeper()
    {
        static string Nested(int levels) =>
            $"name: demo\ntasks: [{string.Concat(Enumerable.Range(1, levels - 1).Select(i => $"{{ id: t{i}, type: composite, tasks: ["))}{{ id: leaf }}{string.Concat(Enumerable.Repeat("] }", levels - 1))}]\n";

        Assert.Single(Load.Tasks(Nested(20)));
        Assert.Contains(
            "WEFT1904 Tasks are nested deeper than 20 levels.", Assert.Single(Load.Findings(Nested(21))), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_ABrokenTaskList_TellsEveryFaultAtItsPlace()
    {
        var findings = Load.Findings("""
            name: broken
            models: [{ provider: openai }]
            agents:
              - id: writer
                instructions: Write.
                actions: [{ id: write }, { id: draft, prompt: "{{ .input.topic }" }]
            tasks:
              - id: first
                type: paralel
              - id: second
                agent: writer
                action: darft
                with: { a: "{{ .tasks.frist.output }}" }
                on_success: thrid
              - id: third
                type: router
                condition: "{{ .tasks.second.output.kind }}"
                routes: { a: secnd, b: { type: basic } }
              - id: fourth
                type: aggregate
                tool: gmail.send
              - id: fifth
                type: collection
                task: { id: x }
                tasks: [{ id: y }]
              - id: sixth-{{ .index }}
                type: parallel
                tasks: []
                timeout: soon
            """);

        Assert.Equal(
            [
                "2:10 WEFT1008 A model needs 'model'.",
                "6:15 WEFT1008 An action needs 'prompt'.",
                "6:68 WEFT1501 The template cannot be read: Expected an operator or '}}', but found '}'.",
                "9:11 WEFT1009 'paralel' is not a type of a task. Did you mean 'parallel'?",
                "12:13 WEFT1204 The agent 'writer' has no action 'darft'. Did you mean 'draft'?",
                "13:16 WEFT1206 warning: 'tasks.frist.output' reads the task 'frist', which does not exist. Did you mean 'first'?",
                "14:17 WEFT1201 The task 'second' goes on to 'thrid', which is not there. Did you mean 'third'?",
                "18:18 WEFT1201 The task 'third' goes on to 'secnd', which is not there. Did you mean 'second'?",
                "18:28 WEFT1008 A basic task needs 'id'.",
                "19:5 WEFT1008 An aggregate task needs 'outputs': they are all it does.",
                "21:5 WEFT1006 'tool' is not a key of an aggregate task. Tasks of the type basic have it.",
                "22:5 WEFT1008 A collection task needs 'items'.",
                "25:5 WEFT1015 'tasks' and 'task' both say what runs for each item. Keep one of them.",
                "26:9 WEFT1011 'sixth-{{ .index }}' cannot be an id here: only tasks inside a collection have templates as ids.",
                "28:12 WEFT1008 'tasks' is empty. It needs at least one item.",
                "29:14 WEFT1017 'timeout' cannot be 'soon'. Write a duration such as 30s, 5m, 1h30m, 7d or '5 minutes', up to 3650d.",
            ],
            findings.ToArray());
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("1h30m", 5400)]
    [InlineData("5 minutes", 300)]
    [InlineData("1 hour 30 minutes", 5400)]
    [InlineData("7d", 604_800)]
    [InlineData("2w", 1_209_600)]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5h", 5400)]
    [InlineData("PT1H30M", 5400)]
    [InlineData("P1D", 86_400)]
    [InlineData("45", 45)]
    public void Duration_AsPeopleWriteIt_IsRead(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5s")]
    [InlineData("5x")]
    [InlineData("5 s 3")]
    [InlineData("P1M")]
    [InlineData("99999d")]
    [InlineData("1e9s")]
    public void Duration_WhatIsNone_IsRefused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void Load_AFileWithoutAName_IsCalledAsItsFile()
    {
        Assert.Equal("task-types", WorkflowLoader.Load(Fixture.Read("task-types.yaml"), "/somewhere/task-types.yaml").Definition!.Id);
        Assert.Equal("given", WorkflowLoader.Load("tasks: [{ id: a }]", null, new LoadOptions { DefaultId = "given" }).Definition!.Id);
        Assert.Equal("1:1 WEFT1008 A workflow needs 'name' or 'id'.",
            Assert.Single(WorkflowLoader.Load("tasks: [{ id: a }]").Diagnostics.Select(d => d.ToString()[2..])));
    }
}
