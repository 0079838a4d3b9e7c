using System.Text.Json.Nodes;
using Weft.Language.Definitions;
using Weft.Language.Loading;
using Weft.Language.Tests.Definitions;

namespace Weft.Language.Tests.Loading;

public sealed class GraphLoadingTests
{
    [Fact]
    public void Load_TheSupportWorkflow_KeepsEveryFigure()
    {
        var definition = WorkflowLoader.Load(Fixture.Read("customer_support_advanced.yaml"), "x.yaml").Definition!;
        var graph = (GraphBody)definition.Body;
        var handle = graph.Nodes.Single(n => n.Id == "handle_return");
        var step = (AgentStep)handle.Step;

        Assert.Equal(("customer_support_advanced", "2.0.0", Dialect.Graph), (definition.Id, definition.Version, definition.Dialect));
        Assert.Equal("powerful", definition.LlmProfiles["complex_reasoning"]);
        Assert.Equal(["shopify:customer_id", "gmail:agent_id", "slack:team_id"],
            definition.ComposioApps.Select(a => $"{a.Name}:{a.EntityIdSource}"));
        Assert.Equal(new CostControls { MaxCostPerConversation = 0.5, DailyBudget = 500, AlertThreshold = 0.8 }, definition.CostControls);
        Assert.Equal(0.1, definition.Monitoring!.AlertOnErrorRate);
        Assert.Equal(
            ("hybrid", 50), (definition.Memories[0].Strategy, (int)definition.Memories[0].Settings!["short_term"]!["window_size"]!));
        Assert.Equal((6, 9), (graph.Nodes.Count, graph.Edges.Count));
        Assert.Equal(("autonomous_return_agent", "powerful", 3), (step.Agent, step.Config.ModelProfile, step.Config.MaxRetries));
        Assert.Equal(
            ["shopify.get_order", "shopify.create_return", "shopify.generate_return_label", "gmail.send_email"], step.Config.Tools);
        Assert.StartsWith("Process return request for order {{entities.order_id}}:\n\nSteps:", step.Prompt, StringComparison.Ordinal);
        Assert.Equal(
            ("jmespath", "classify_intent.output.intent == 'return_request'"), (handle.Condition!.Type, handle.Condition.Expression));
        Assert.Equal(GraphBody.End, graph.Edges[^1].To);
        Assert.Equal(["conversation_history", "knowledge_base"],
            ((AgentStep)graph.Nodes.Single(n => n.Id == "handle_general").Step).Config.ContextSources);
    }

    [Fact]
    public void Load_EveryKindOfNode_BecomesItsStep()
    {
        var graph = Load.Graph("""
            name: demo
            composio: { apps: [shopify] }
            workflow:
              nodes:
                - { id: look, tool: shopify.get_order, with: { order_id: "{{ input.id }}" }, on_unknown_outcome: ask }
                - { id: shape, type: transform, transform: { total: "{{ look.output.total }}" }, outputs: { t: "{{ output.total }}" } }
                - { id: child, type: workflow, workflow: cleanup, with: { x: 1 } }
                - { id: ask, agent: reasoner, task: Do it., config: { max_iterations: 7, tools: "shopify.get_order, shopify.*" } }
              edges:
                - { from: look, to: shape }
                - { from: shape, to: child }
                - { from: shape, to: ask }
                - { from: child, to: END }
                - { from: ask, to: end }
            """);

        var tool = Assert.IsType<ToolStep>(graph.Nodes[0].Step);
        Assert.Equal(("shopify.get_order", UnknownOutcomePolicy.Ask, "{{ input.id }}"),
            (tool.Tool, tool.OnUnknownOutcome, (string)tool.With!["order_id"]!));
        Assert.Equal("{{ look.output.total }}", (string)Assert.IsType<TransformStep>(graph.Nodes[1].Step).Value!["total"]!);
        Assert.Equal("cleanup", Assert.IsType<SubWorkflowStep>(graph.Nodes[2].Step).WorkflowId);
        Assert.Equal(["shopify.get_order", "shopify.*"], Assert.IsType<AgentStep>(graph.Nodes[3].Step).Config.Tools);
        Assert.Equal(2, graph.Edges.Count(e => e.To == GraphBody.End));
    }

    [Fact]
    public void Load_PoliciesOfANode_AreKept()
    {
        var graph = Load.Graph("""
            name: demo
            retry: 5
            step_timeout: 10m
            workflow:
              nodes:
                - id: a
                  transform: 1
                  retry: { attempts: 4, initial_interval: 500ms, backoff_coefficient: 1.5, maximum_interval: 20s, jitter: 0, non_retryable: [auth] }
                  timeout: 1h30m
                  attempt_timeout: 45
                  on_error: { next: rescue }
                - { id: b, transform: 2, on_error: continue }
                - { id: c, transform: 3, on_error: { output: { ok: false } } }
                - { id: rescue, transform: "{{ error.message }}" }
              edges: [{ from: a, to: b }, { from: b, to: c }]
            """);
        var a = graph.Nodes[0];

        Assert.Equal((4, TimeSpan.FromMilliseconds(500), 1.5, TimeSpan.FromSeconds(20), 0d),
            (a.Policy.Retry!.MaxAttempts, a.Policy.Retry.FirstDelay, a.Policy.Retry.BackoffCoefficient, a.Policy.Retry.MaxDelay,
                a.Policy.Retry.Jitter));
        Assert.Equal(["auth"], a.Policy.Retry.NonRetryableCodes);
        Assert.Equal((TimeSpan.FromMinutes(90), TimeSpan.FromSeconds(45)), (a.Policy.Timeout, a.Policy.AttemptTimeout));
        Assert.Equal(new NodeErrorPolicy(NodeErrorAction.Route, "rescue"), a.OnError);
        Assert.Equal(NodeErrorAction.Continue, graph.Nodes[1].OnError!.Action);
        Assert.Equal("""{"ok":false}""", graph.Nodes[2].OnError!.Output!.ToJsonString());
    }

    [Fact]
    public void Load_ConditionsInEveryForm_AreOne()
    {
        var graph = Load.Graph("""
            name: demo
            workflow:
              nodes: [{ id: a, transform: 1 }, { id: b, transform: 2 }]
              edges:
                - { from: a, to: b, condition: "output == `1`" }
                - { from: a, to: b, condition: "{{ output == 1 }}" }
                - { from: a, to: b, condition: { type: python_expr, expression: "output == 1" } }
                - { from: a, to: b, condition: true }
                - { from: a, to: b, condition: false }
                - { from: a, to: b, condition: { type: always } }
            """);

        Assert.Equal(
            ["jmespath output == `1`", "template {{ output == 1 }}", "python_expr output == 1", "always ", "expr false", "always "],
            graph.Edges.Select(e => $"{e.Condition!.Type} {e.Condition.Expression}"));
    }

    [Fact]
    public void Load_ABrokenGraph_TellsEveryFaultAtItsPlace()
    {
        var findings = Load.Findings("""
            name: broken
            llm_profiles: { quick: fastt }
            workflow:
              nodes:
                - id: triage
                  agent: clasifier
                  config: { temperature: hot, max_iterations: 0, model_profile: quik, tools: [] }
                  prompt_template: "{{ input.text | trimm }}"
                  prompt: Twice.
                - id: triage
                  transform: 1
                - id: reply
                  agnt: writer
                - id: END
                  transform: 2
              edges:
                - { from: triage, to: replyy }
                - { from: END, to: reply }
                - { to: reply, when: true }
              nods: []
            """, new LoadOptions { KnownAgents = ["classifier", "writer"] });

        Assert.Equal(
            [
                "2:24 WEFT1602 'fastt' is not a profile. Did you mean 'fast'?",
                "6:14 WEFT1601 No agent is called 'clasifier'. Did you mean 'classifier'? Define it under 'agents', or register a card "
                + "of that name.",
                "7:30 WEFT1007 'temperature' must be a number, not 'hot'.",
                "7:51 WEFT1016 'max_iterations' must be from 1 to 100, not 0.",
                "7:69 WEFT1602 'quik' is neither a profile nor a name of 'llm_profiles'. Did you mean 'quick'?",
                "8:41 WEFT1501 The template cannot be read: There is no function 'trimm'. Did you mean 'trim'? "
                + "docs/template-functions.md lists all.",
                "9:7 WEFT1015 'prompt' and 'prompt_template' say the same. Keep one of them.",
                "10:11 WEFT1010 Another node has the id 'triage' already, in line 5. Give each its own.",
                "12:7 WEFT1104 The node 'reply' does nothing. Give it 'agent', 'tool', 'transform' or 'workflow'.",
                "13:7 WEFT1006 'agnt' is not a key of a node. Did you mean 'agent'?",
                "14:11 WEFT1011 A node cannot be called 'END': the word means something else in conditions and templates.",
                "17:27 WEFT1101 The edge 'triage -> replyy' leads to no node: there is no 'replyy'. Known nodes: END, reply, triage. Did "
                + "you mean 'reply'?",
                "18:15 WEFT1101 The edge 'END -> reply' leaves the end of the workflow. Nothing can come after END.",
                "19:7 WEFT1008 An edge needs 'from'.",
                "19:20 WEFT1006 'when' is not a key of an edge. Known keys: condition, description, from, to.",
                "20:3 WEFT1006 'nods' is not a key of the workflow section. Did you mean 'nodes'?",
            ],
            findings);
    }

    [Fact]
    public void Load_ACycle_IsShownWholeAtTheEdgeThatClosesIt() =>
        Assert.Equal(
            ["7:7 WEFT1102 The edges make a circle: b -> c -> b. A graph cannot come back to a node; use a 'loop' task of the tasks "
            + "dialect for that."],
            Load.Findings("""
                name: demo
                workflow:
                  nodes: [{ id: a, transform: 1 }, { id: b, transform: 2 }, { id: c, transform: 3 }]
                  edges:
                    - { from: a, to: b }
                    - { from: b, to: c }
                    - { from: c, to: b }
                """));

    [Fact]
    public void Load_AFailureHandler_CountsAsAWay()
    {
        var findings = Load.Findings("""
            name: demo
            workflow:
              nodes:
                - { id: a, transform: 1, on_error: { next: rescue } }
                - { id: b, transform: 2 }
                - { id: rescue, transform: "{{ a.output }}", on_error: { next: a } }
              edges: [{ from: a, to: b }]
            """);

        Assert.Equal(
            "6:7 WEFT1102 The edges make a circle: a -> rescue -> a. A graph cannot come back to a node; use a 'loop' task of the tasks "
            + "dialect for that.", Assert.Single(findings));
    }

    [Fact]
    public void Load_AChainOfTenThousandNodes_DoesNotExhaustTheStack()
    {
        var nodes = string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"  - {{ id: n{i}, transform: {i} }}"));
        var edges = string.Join('\n', Enumerable.Range(1, 9_999).Select(i => $"  - {{ from: n{i - 1}, to: n{i} }}"));

        Assert.Equal(10_000, Load.Graph($"name: demo\nworkflow:\n  nodes:\n{nodes}\n  edges:\n{edges}\n").Nodes.Count);
    }

    [Fact]
    public void Load_AnAgentWrittenOutAtANode_GetsAName()
    {
        var definition = Load.Definition("""
            name: demo
            workflow:
              nodes:
                - id: a
                  agent: { id: poet, instructions: Rhyme., model: { provider: openai, model: gpt-4, params: { temperature: 0.9 } } }
                  prompt: Go.
            """);

        Assert.Equal("poet", ((AgentStep)((GraphBody)definition.Body).Nodes[0].Step).Agent);
        Assert.Equal(
            ("poet", "gpt-4", 0.9), (definition.Agents[0].Id, definition.Agents[0].Model, definition.Agents[0].Config.Temperature));
        Assert.Equal(("gpt-4", "openai"), (definition.Models[0].Name, definition.Models[0].Provider));
    }

    [Theory]
    [InlineData("sk-abcdefghijklmnopqrstuvwx")]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("AKIAABCDEFGHIJKLMNOP")]
    public void Load_AKeyAnywhere_IsAnErrorThatDoesNotRepeatIt(string key)
    {
        var finding =
            Assert.Single(Load.Findings($"name: demo\nworkflow:\n  nodes:\n    - {{ id: a, agent: x, prompt: 'Use {key} please' }}\n"));

        Assert.StartsWith("4:39 WEFT1605 ", finding, StringComparison.Ordinal);
        Assert.DoesNotContain(key, finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SettingsOfATool_MustNotHoldSecrets() =>
        Assert.Equal(
            ["5:28 WEFT1014", "5:43 WEFT1605", "7:18 WEFT1605"],
            Load.Places("""
                name: demo
                tools:
                  - id: t
                    type: http
                    config: { base_url: x, Authorization: Bearer abc }
                    env:
                      API_TOKEN: abc
                      OTHER: "{{ .env.OTHER }}"
                tasks: [{ id: a, tool: t }]
                """));

    [Fact]
    public void Load_ReservedSections_AreKept()
    {
        var definition = Load.Definition("""
            weft: 1
            id: full
            name: A full one
            input: { type: object, properties: { id: { type: string } }, required: [id] }
            outputs: { answer: "{{ a.output }}" }
            env: { REGION: eu, KEY: "{{ .env.KEY }}" }
            timeout: 2h
            schedule: { cron: "*/5 8-18 * * MON-FRI", timezone: Europe/Berlin, jitter: 30s, overlap_policy: buffer_one, start_at: 2030-01-01, input: { id: x } }
            triggers:
              - { type: signal, name: order_paid, schema: { type: object } }
              - { type: webhook, webhook: { slug: github, events: [{ name: push, filter: "true" }] } }
            x-notes: { anything: goes }
            workflow: { nodes: [{ id: a, transform: 1 }] }
            """);

        Assert.Equal(("full", "A full one", TimeSpan.FromHours(2)), (definition.Id, definition.Name, definition.Timeout));
        Assert.True(JsonNode.DeepEquals(definition.InputSchema!["required"], new JsonArray("id")));
        Assert.Equal("eu", definition.Env["REGION"]);
        Assert.Equal(("queue", TimeSpan.FromSeconds(30), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
            (definition.Schedule!.OverlapPolicy, definition.Schedule.Jitter, definition.Schedule.StartAt));
        Assert.Equal(["signal order_paid", "webhook github"], definition.Triggers.Select(t => $"{t.Type} {t.Name}"));
    }
}
