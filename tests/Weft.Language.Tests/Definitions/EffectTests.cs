using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Language.Shapes;
using Weft.Language.Source;
using Weft.Language.Tests.Loading;

namespace Weft.Language.Tests.Definitions;

/// <summary>Nothing that loads is ever ignored: each key of the language is honoured by something, or says that it has no effect.</summary>
/// <remarks>
/// Whoever adds a key says here what honours it, or marks it <c>Idle</c>. That the loaded properties are read is held by the tests of the
/// agents.
/// </remarks>
public sealed class EffectTests
{
    /// <summary>What every kind of task has, and what honours it: TaskRunner, TaskList, StepRunner.</summary>
    private const string Task =
        "id type resource name description with outputs condition when on_success on_error final sleep timeout attempt_timeout retry "
        + "retries env input output config";

    private const string Head =
        "weft $schema resource id name version description author tags input outputs env llm_profiles composio models agents tools mcps "
        + "schemas memory memories cost_controls monitoring schedule triggers timeout retry step_timeout config";

    private const string Working =
        "model_profile models max_iterations max_retries temperature max_tokens output_schema json_mode tools context_sources "
        + "max_cost_per_call max_latency_ms on_unknown_outcome supervisor memory";

    private const string Model =
        "resource id provider model api_key base_url organization default temperature max_tokens context_window cost_per_1k_input "
        + "cost_per_1k_output avg_latency_ms quality_score supports_tools supports_vision supports_streaming timeout retry_attempts params";

    private const string Step = "name type description outputs on_error retry timeout";

    /// <summary>Shape → what honours it → its keys.</summary>
    private static readonly Dictionary<string, (string By, string Keys)> Honoured = new(StringComparer.Ordinal)
    {
        ["graph_workflow"] = ("WorkflowHead, WorkflowOrchestrator", $"{Head} workflow"),
        ["tasks_workflow"] = ("WorkflowHead, SequenceBodyRun", $"{Head} tasks fail_fast"),
        ["steps_workflow"] = ("WorkflowHead, SequenceBodyRun", $"{Head} workflow_name steps fail_fast execution_config"),
        ["execution_config"] = ("StepsLoader", "fail_fast"),
        ["workflow_config"] =
            ("Sections.Defaults, WorkflowHead", "retry_policy start_to_close_timeout schedule_to_close_timeout input env"),
        ["graph"] = ("GraphLoader", "nodes edges"),
        ["node"] = ("GraphLoader, GraphBodyRun",
            "id name description type agent tool transform workflow config prompt_template task goal action system_prompt with condition "
            + "retry timeout attempt_timeout on_error on_unknown_outcome outputs"),
        ["edge"] = ("GraphRun", "from to condition description"),
        ["node_error_policy"] = ("GraphBodyRun", "action next output"),
        ["condition"] = ("CompiledCondition", "type expression"),
        ["retry"] = ("StepRunner, RetryBackoff", "max_attempts first_delay backoff max_delay jitter timeout non_retryable max_retries"),
        ["agent_config"] = ("AgentResolver", $"{Working} model"),
        ["agent"] =
            ("AgentResolver, AgentSteps", $"resource id type description instructions model config actions with env mcps {Working}"),
        ["agent_action"] = ("AgentResolver, AgentSteps", "id prompt json_mode input output with tools"),
        ["agent_card"] = ("AgentResolver, AgentRegistry, the API's list",
            "$schema name type description capabilities supported_models default_model default_profile max_tokens supports_streaming "
            + "cost_tier avg_latency_ms requires_tools max_tools max_iterations timeout_seconds system_prompt temperature output_schema "
            + "tools"),
        ["supervisor"] = ("SupervisorAgent", "agents strategy max_rounds"),
        ["memory_reference"] = ("AgentMemory, MemoryPolicy", "id key mode privacy limit"),
        ["model"] = ("ModelCatalog.With, ModelCalls", Model),
        ["model_part"] = ("Library.AddInline", Model),
        ["tool"] = ("ToolRunners, CallTool", "resource id type description config execute input output with timeout env idempotent"),
        ["mcp_server"] = ("none yet: the server itself is a warning",
            "resource id url command args headers env transport proto start_timeout max_sessions"),
        ["composio"] = ("Entities", "apps"),
        ["composio_app"] = ("Entities, ToolRegistry", "name entity_id_source actions"),
        ["memory"] = ("MemoryActivity, AgentMemory", "strategy short_term long_term"),
        ["short_term_memory"] = ("AgentMemory.Window; a foreign type is a warning", "type window_size"),
        ["long_term_memory"] = ("MemoryActivity; a foreign type is a warning", "type index top_k"),
        ["memory_definition"] = ("MemoryPolicy, AgentMemory",
            "resource id type description version max_tokens max_messages flushing persistence privacy_policy default_key_template"),
        ["cost_controls"] = ("BudgetScope, CallModelActivity, WorkflowRun",
            "max_cost_per_conversation max_cost_per_call max_cost_per_execution daily_budget monthly_budget alert_threshold"),
        ["monitoring"] = ("ErrorRateWatch; what is tracked always is, and false is a warning",
            "track_latency track_costs track_tool_usage alert_on_error_rate"),
        ["schedule"] = ("Scheduler", "cron timezone enabled jitter overlap_policy catch_up start_at end_at input"),
        ["trigger"] = ("WorkflowTriggers, Webhooks", "type name schema webhook"),
        ["webhook"] = ("Webhooks", "slug events verify dedupe"),
        ["webhook_event"] = ("Webhooks", "name filter input schema"),
        ["webhook_verify"] = ("WebhookSignature", "strategy secret header"),
        ["webhook_dedupe"] = ("Webhooks", "key enabled"),
        ["basic_task"] = ("TaskRunner",
            $"{Task} agent tool action prompt system_prompt model_config tools mcps memory max_iterations model_profile "
            + $"on_unknown_outcome"),
        ["basic_task_config"] = ("TaskLoader", $"retry_policy start_to_close_timeout schedule_to_close_timeout on_error {Working} model"),
        ["task_config"] = ("TaskLoader", "retry_policy start_to_close_timeout schedule_to_close_timeout on_error"),
        ["parallel_task"] = ("TaskGroup", $"{Task} tasks strategy max_workers"),
        ["collection_task"] =
            ("TaskRunner.CollectionAsync", $"{Task} items filter item_var index_var mode batch strategy max_workers task tasks"),
        ["composite_task"] = ("TaskRunner.CompositeAsync", $"{Task} tasks strategy"),
        ["router_task"] = ("TaskRunner.RouterAsync", $"{Task} routes default_route"),
        ["aggregate_task"] = ("TaskRunner", Task),
        ["wait_task"] = ("TaskRunner.WaitAsync", $"{Task} wait_for processor on_timeout"),
        ["signal_task"] = ("TaskRunner.SignalAsync", $"{Task} signal payload target"),
        ["signal"] = ("TaskLoader", "id payload target"),
        ["memory_task"] = ("MemoryActivity", $"{Task} operation memory_ref key_template payload flush_config stats_config clear_config"),
        ["approval_task"] = ("TaskRunner.ApprovalAsync", $"{Task} approvers show choices default_choice on_timeout escalation"),
        ["escalation"] = ("TaskRunner.ApprovalAsync", "after to"),
        ["loop_task"] = ("TaskRunner.LoopAsync", $"{Task} while until max_iterations tasks task"),
        ["workflow_task"] = ("StepRunner", $"{Task} workflow"),
        ["transform_task"] = ("StepRunner", $"{Task} transform"),
        ["transition"] = ("TaskList", "next with"),
        ["action_step"] = ("StepsLoader", $"{Step} app action params condition on_unknown_outcome"),
        ["condition_step"] = ("TaskRunner.GateAsync", $"{Step} condition then else"),
        ["transform_step"] = ("StepsLoader", $"{Step} transform condition"),
        ["project"] = ("ProjectBuilder",
            "weft $schema resource name version description author workflows models agents tools mcps schemas memories env config "
            + "runtime autoload"),
        ["project_config"] = ("Sections.Defaults", "retry_policy start_to_close_timeout schedule_to_close_timeout"),
        ["autoload"] = ("Autoload", "enabled strict include exclude"),
        ["runtime"] = ("ProjectBuilder", "task_execution_timeout_default"),
        ["workflow_source"] = ("ProjectBuilder", "source"),
    };

    /// <summary>Keys of every place that load with a warning by their name alone.</summary>
    private static readonly string[] IdleAnywhere = ["knowledge", "attachments", "knowledge_bases", "embedders", "vector_dbs"];

    public static TheoryData<string> Shapes => [.. KeyTable.Shapes.Keys];

    public static TheoryData<string, string> IdleKeys
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (name, shape) in KeyTable.Shapes)
            {
                foreach (var key in shape.Keys.Where(k => k.Idle is not null))
                {
                    data.Add(name, key.Name);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Key_OfTheLanguage_IsHonouredOrSaysThatItIsNot(string name)
    {
        var shape = KeyTable.Shapes[name];
        var idle = shape.Keys.Where(k => k.Idle is not null || IdleAnywhere.Contains(k.Name)).Select(k => k.Name).ToHashSet(
            StringComparer.Ordinal);
        var (by, honoured) = Honoured[name];
        var keys = honoured.Split(' ');

        Assert.NotEmpty(by);
        Assert.Equal(shape.Keys.Select(k => k.Name).Order(StringComparer.Ordinal), keys.Concat(idle).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(IdleKeys))]
    public void Key_WithoutEffect_IsAWarningThatSaysWhy(string name, string key)
    {
        var shape =
            new ObjectShape(name, "a part", () => [KeyTable.Shapes[name].Keys.Single(k => k.Name == key) with { Required = false }]);
        var bag = new DiagnosticBag(200);
        var node = SourceReader.Read($"{{\"{key}\": {Sample(shape.Keys[0].Shape)}}}", "part.json", bag)!;

        new ShapeCheck(bag, new ExpressionIndex(bag), [], []).Check(node, shape, name);

        var found = Assert.Single(bag.ToList("part.json"));
        Assert.Equal((DiagnosticCodes.NoEffect, DiagnosticSeverity.Warning), (found.Code, found.Severity));
        Assert.StartsWith($"'{key}' has no effect: ", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("memories: [{ id: m, persistence: { type: redis, ttl: 1h } }]", "'type' has no effect")]
    [InlineData("memories: [{ id: m, flushing: { max_messages: 9 } }]", "'max_messages' has no effect")]
    [InlineData("memories: [{ id: m, privacy_policy: { redact: [a] } }]", "'redact' has no effect")]
    [InlineData("tools: [{ id: t, type: http, config: { base_url: 'https://x.test', retries: 3 } }]", "'retries' has no effect")]
    [InlineData(
        "tools: [{ id: t, type: composio, config: { app: slack, action: send } , idempotent: true }]", "'idempotent' has no effect")]
    [InlineData("tools: [{ id: t, type: python, execute: 'x = 1' }]", "cannot be called yet")]
    [InlineData("mcps: [{ id: t, url: 'https://x.test' }]", "cannot be called yet")]
    [InlineData("monitoring: { track_costs: false }", "'track_costs: false' has no effect")]
    [InlineData("config: { on_error: mend }", "'on_error' has no effect")]
    public void Setting_WithoutEffect_IsAWarningAtItsPlace(string part, string expected)
    {
        var found = Assert.Single(WorkflowLoader.Load($"name: demo\ntasks: [{{ id: a }}]\n{part}\n", "demo.yaml").Diagnostics);

        Assert.Equal((DiagnosticCodes.NoEffect, DiagnosticSeverity.Warning, 3), (found.Code, found.Severity, found.Line));
        Assert.Contains(expected, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ id: a, type: parallel, tasks: [{ id: b, on_success: c }, { id: c }] }", "'on_success'")]
    [InlineData("{ id: a, type: collection, items: [1], task: { id: b, on_error: c } }", "'on_error'")]
    [InlineData("{ id: a, type: wait, wait_for: s, processor: { id: b, on_success: a } }", "'on_success'")]
    [InlineData("{ id: a, type: wait, wait_for: s, processor: { id: b, final: true } }", "'final'")]
    [InlineData("{ id: a, type: aggregate, outputs: { x: 1 }, attempt_timeout: 5s }", "'attempt_timeout'")]
    [InlineData("{ id: a, type: workflow, workflow: b, config: { start_to_close_timeout: 5s } }", "'start_to_close_timeout'")]
    [InlineData("{ id: a, type: approval, default_choice: reject, on_timeout: a }", "'on_timeout'")]
    public void Task_WithAKeyThatItsPlaceCannotHonour_IsAWarning(string task, string expected)
    {
        var found = Assert.Single(WorkflowLoader.Load($"name: demo\ntasks: [{task}]\n", "demo.yaml").Diagnostics);

        Assert.Equal(DiagnosticCodes.NoEffect, found.Code);
        Assert.StartsWith($"{expected} has no effect", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Action_OfAnAgentThatTheFileDoesNotDefine_IsAWarning() => Assert.Equal(
        ["2:36 WEFT1204"], Load.Places("name: demo\ntasks: [{ id: a, agent: c, action: greet }]\n"));

    [Fact]
    public void Names_InARegistry_MayComeLater()
    {
        var known =
            new LoadOptions { KnownAgents = ["writer"], KnownModels = ["gpt-4"], KnownWorkflows = ["cleanup"], NamesMayComeLater = true };

        var found = WorkflowLoader.Load(
            """
            name: demo
            tasks:
              - { id: a, agent: writr, prompt: Hi., config: { models: [gtp-4] } }
              - { id: b, type: workflow, workflow: clean-up }
            """, "demo.yaml", known).Diagnostics;

        Assert.All(found, d => Assert.Equal(DiagnosticSeverity.Warning, d.Severity));
        Assert.Equal(["WEFT1601", "WEFT1603", "WEFT1610"], found.Select(d => d.Code).Order(StringComparer.Ordinal));
        Assert.Contains("Did you mean 'writer'?", found.Single(d => d.Code == "WEFT1601").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Agent_WhoseFirstWordIsABuiltInOnes_IsAWarningAndNotAnError()
    {
        var known = new LoadOptions { KnownAgents = ["simple"], StandInAgents = ["simple"] };

        Assert.Equal(["2:25 WEFT1601", "3:25 WEFT1601"],
            Load.Places(
                "name: demo\ntasks: [{ id: a, agent: simple_greeter, prompt: Hi. },\n        { id: b, agent: greeter, prompt: Hi. }]\n",
                known));
        Assert.Single(WorkflowLoader.Load("name: demo\ntasks: [{ id: a, agent: simple_greeter, prompt: Hi. }]\n", null, known).Diagnostics,
            d => d.Severity == DiagnosticSeverity.Warning);
    }

    [Theory]
    [InlineData("openai/gpt-9", true)]
    [InlineData("GPT-4", true)]
    [InlineData("nobody/gpt-9", false)]
    public void Model_OfAKnownProvider_NeedsNoEntry(string model, bool isKnown)
    {
        var known = new LoadOptions { KnownModels = ["gpt-4"], KnownProviders = ["openai"] };

        Assert.Equal(isKnown,
            WorkflowLoader.Load(
                $"name: demo\ntasks: [{{ id: a, prompt: Hi., config: {{ model: {model} }} }}]\n", null, known).Diagnostics.Count == 0);
    }

    private static string Sample(Shape shape) => shape switch
    {
        MapShape => "{}",
        ObjectShape or DataShape => "{}",
        ListShape => "[]",
        NumberShape number => number.Min.ToString(System.Globalization.CultureInfo.InvariantCulture),
        BoolShape => "true",
        WordShape words => $"\"{words.Words[0]}\"",
        TextShape { Kind: TextKind.Duration } => "\"5s\"",
        ChoiceShape choice => Sample(choice.Choices[0]),
        _ => "\"x\"",
    };
}
