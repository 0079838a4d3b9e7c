using static Weft.Language.Shapes.Of;

namespace Weft.Language.Shapes;

/// <summary>Shapes of the tasks dialect.</summary>
internal static class TaskShapes
{
    private const string NoWorkers = "steps are not handed to workers that could be slow to take them or fall silent.";

    private static readonly ConditionShape Condition = new("expr");

    private static readonly Shape Strategy = Word("wait_all", "fail_fast", "best_effort", "race", "wait_any", "wait_first");

    private static readonly Shape Next = Either(Text, new ObjectShape("transition", "a transition", () =>
    [
        Needed("next", Text, "The task that comes next."),
        Key("with", DataMap, "What its input gains."),
    ]));

    /// <summary>Options as a project's, a workflow's and a task's <c>config</c> hold them.</summary>
    public static IEnumerable<Key> OptionKeys =>
    [
        Key("retry_policy", CommonShapes.Retry, "How it is retried.").Or("retry"),
        Key("start_to_close_timeout", Duration, "The longest time of one attempt."),
        Key("schedule_to_close_timeout", Duration, "The longest time in all, retries included."),
        Key("schedule_to_start_timeout", Duration, "The longest wait for a worker.").Idle(NoWorkers),
        Key("heartbeat_timeout", Duration, "The longest silence of an attempt.").Idle(NoWorkers),
        Key("on_error", Next, "The task that handles a failure."),
    ];

    /// <summary>Options that all steps of a workflow or a project share.</summary>
    public static IEnumerable<Key> SharedOptionKeys =>
        OptionKeys.Select(k => k.Name == "on_error" ? k.Idle("a handler stands at the task whose failure it takes. Write 'on_error' there.") : k);

    public static readonly ObjectShape Options = new("task_config", "a task's config", () => OptionKeys);

    private static readonly ObjectShape Config = new("basic_task_config", "a task's config", () =>
        [.. OptionKeys, .. CommonShapes.Config.Keys]);

    private static readonly IReadOnlyDictionary<string, Func<IEnumerable<Key>>> Own = new Dictionary<string, Func<IEnumerable<Key>>>
    {
        ["basic"] = () =>
        [
            Key("agent", Either(Text, CommonShapes.Agent), "The agent that works on it."),
            Key("tool", Either(Text, CommonShapes.Tool), "The one tool it calls, without a model."),
            Key("action", Text, "The agent's action."),
            Key("prompt", Template, "What is asked: besides the action, or by itself."),
            Key("system_prompt", Template, "Who the agent is, here.").Or("instructions"),
            Key("model_config", CommonShapes.ModelPart, "A model written out."),
            Key("config", Config, "Options, and how the agent works here."),
            Key("tools", new ListShape(Either(Text, AnyMap), orOne: true), "Tools for this task."),
            Key("mcps", new ListShape(Either(Text, AnyMap)), "MCP servers for this task."),
            Key("memory", CommonShapes.Memories, "Memories for this task."),
            Key("max_iterations", Whole(1, 100), "The most model calls of a reasoning loop."),
            Key("model_profile", Text, "`fast`, `balanced`, `powerful`, `custom`, or a name from `llm_profiles`."),
            Key("on_unknown_outcome", Word("fail", "retry", "ask"), "What to do about a tool call that may or may not have taken effect.", "fail"),
            Key("knowledge", Any, "Knowledge that is searched for the prompt."),
            Key("attachments", Any, "Files that go along."),
        ],
        ["parallel"] = () =>
        [
            Needed("tasks", Filled(Task), "The children, which run at the same time."),
            Key("strategy", Strategy, "When it is done, and what counts as success.", "wait_all"),
            Key("max_workers", Whole(0, 1000), "The most children at once; 0: no limit.", "0"),
        ],
        ["collection"] = () =>
        [
            Needed("items", Data, "The items: a template, a list, a mapping, or a range such as `1..5`."),
            Key("filter", Template, "The template that keeps an item."),
            Key("item_var", Id, "The name of the item.", "item"),
            Key("index_var", Id, "The name of its place, from 0.", "index"),
            Key("mode", Word("parallel", "sequential"), "Whether items run at the same time.", "parallel"),
            Key("batch", Whole(0, 10_000), "The size of batches that run one after another; 0: none.", "0"),
            Key("strategy", Strategy, "When it is done, and what counts as success.", "wait_all"),
            Key("max_workers", Whole(0, 1000), "The most items at once; 0: no limit.", "0"),
            Key("task", Task, "What runs for each item."),
            Key("tasks", Filled(Task), "What runs for each item, one after another."),
        ],
        ["composite"] = () =>
        [
            Needed("tasks", Filled(Task), "The children, which run one after another."),
            Key("strategy", Strategy, "Only `wait_all` and `fail_fast`, which say what a composite does."),
        ],
        ["router"] = () =>
        [
            Needed("condition", new TextShape(TextKind.Expression), "The template or expression whose value names the route."),
            Needed("routes", Map(Either(Text, Task)), "The ways: a task's id or a task written out for each value; `default` for all others."),
            Key("default_route", Text, "Another way to write the route `default`."),
        ],
        ["aggregate"] = () => [],
        ["wait"] = () =>
        [
            Needed("wait_for", Template, "The signal's name."),
            Key("condition", Condition, "The signal must meet it; it sees `signal` and `processor`."),
            Key("processor", Task, "What runs for each signal before the condition is asked."),
            Key("timeout", DurationTemplate, "The longest wait."),
            Key("on_timeout", Next, "The task to go to when the time is up."),
        ],
        ["signal"] = () =>
        [
            Needed("signal", Either(Template, new ObjectShape("signal", "a signal", () =>
            [
                Needed("id", Template, "Its name.").Or("name"),
                Key("payload", Data, "What it carries."),
                Key("target", Template, "The execution that gets it. Without: workflows that it triggers are started.").Or("execution_id"),
            ])), "The signal that is sent."),
            Key("payload", Data, "What it carries."),
            Key("target", Template, "The execution that gets it. Without: workflows that it triggers are started.").Or("execution_id"),
        ],
        ["memory"] = () =>
        [
            Needed("operation", Word("read", "write", "append", "delete", "flush", "health", "clear", "stats"), "What is done."),
            Needed("memory_ref", Text, "The memory's id."),
            Needed("key_template", Template, "Template of the key.").Or("key"),
            Key("payload", Data, "What is written: `{role, content}`, a list of those, or a text."),
            Key("batch_size", Whole(0, 10_000), "How many messages are worked on at once.").Idle("an operation works on one key, and on all of its messages at once."),
            Key("max_keys", Whole(0, 50_000), "The most keys that are touched.").Idle("an operation works on one key."),
            Key("flush_config", Settings("strategy", "threshold", "force", "dry_run"), "Settings of `flush`: `strategy`, `threshold`, `force`, `dry_run`."),
            Key("health_config", AnyMap, "Settings of `health`.").Idle("'health' has no settings."),
            Key("stats_config", Settings("include_content"), "Settings of `stats`: `include_content`."),
            Key("clear_config", Settings("confirm", "backup"), "Settings of `clear`: `confirm: true` is needed; `backup: true` keeps a copy."),
        ],
        ["approval"] = () =>
        [
            Key("approvers", Data, "Who may answer: names, roles or addresses."),
            Key("show", Data, "What is shown.").Or("message"),
            Key("choices", Texts, "What can be answered.", "approve, reject"),
            Key("timeout", DurationTemplate, "The longest wait."),
            Key("default_choice", Text, "The choice that is taken when the time is up."),
            Key("on_timeout", Next, "The task to go to when the time is up."),
            Key("escalation", new ObjectShape("escalation", "an escalation", () =>
            [
                Needed("after", DurationTemplate, "How long nobody has answered."),
                Needed("to", Data, "Whom to ask then."),
            ]), "Whom to ask next when nobody answers."),
        ],
        ["loop"] = () =>
        [
            Key("while", Condition, "Must hold before each round."),
            Key("until", Condition, "Ends the loop after a round."),
            Key("max_iterations", Whole(1, 10_000), "The most rounds.", "100"),
            Key("tasks", Filled(Task), "What runs in each round, one after another."),
            Key("task", Task, "What runs in each round."),
        ],
        ["workflow"] = () => [Needed("workflow", Template, "The workflow that runs as a child.").Or("workflow_id")],
        ["transform"] = () => [Key("transform", Data, "The data it makes.").Or("value")],
    };

    private static readonly VariantShape TaskVariants = new("task", "a task", "type", "basic", () => Own.ToDictionary(p => p.Key, p => Variant(p.Key, p.Value)));

    public static readonly Shape List = Filled(TaskVariants);

    public static VariantShape Task => TaskVariants;

    private static ObjectShape Variant(string type, Func<IEnumerable<Key>> own) => new($"{type}_task", $"{Article(type)} {type} task", () =>
    {
        var keys = own().ToList();
        var taken = keys.SelectMany(k => k.Also.Prepend(k.Name)).ToHashSet();
        return [.. Shared.Where(k => !taken.Contains(k.Name)), .. keys];
    }) { Hints = HintsFor(type) };

    private static IEnumerable<Key> Shared =>
    [
        Needed("id", Template, "Its id: others read its result as `.tasks.id.output`."),
        Key("type", Word([.. Own.Keys]), "What kind of task it is.", "basic"),
        Key("resource", Text, "What the file holds, for autoload: `task`."),
        Key("name", Text, "What it is called."),
        Key("description", Text, "What it is for."),
        Key("with", Data, "Its input, as templates; inside, it is `.input` and `.with`."),
        Key("outputs", Data, "Templates whose result replaces the output; they see it as `.output`."),
        Key("condition", Condition, "The task is skipped unless it holds."),
        Key("when", Condition, "As `condition`; a router and a wait have a condition of their own besides."),
        Key("on_success", Next, "The task that comes next."),
        Key("on_error", Either(Word("continue", "fail"), Next), "The task that handles a failure; `continue` passes over it."),
        Key("final", Bool, "Whether the run ends after it.", "false"),
        Key("sleep", DurationTemplate, "The wait before it starts."),
        Key("timeout", Duration, "The longest time of the whole task, retries included."),
        Key("attempt_timeout", Duration, "The longest time of one attempt."),
        Key("retry", CommonShapes.Retry, "How it is retried.").Or("retry_policy"),
        Key("retries", Whole(0, 99), "Attempts after the first; a short `retry`."),
        Key("env", TextMap, "Environment entries for the task's templates and tools."),
        Key("input", Schema, "The form that its input must have.").Or("input_schema"),
        Key("output", Schema, "The form that its output must have.").Or("output_schema"),
        Key("config", Options, "Options as the workflow's `config` writes them."),
    ];

    private static Dictionary<string, string> HintsFor(string type) => Own
        .Where(p => p.Key != type)
        .SelectMany(p => p.Value().SelectMany(k => k.Also.Prepend(k.Name)).Select(k => (Key: k, Type: p.Key)))
        .GroupBy(p => p.Key)
        .ToDictionary(g => g.Key, g => $"Tasks of the type {string.Join(", ", g.Select(p => p.Type))} have it.");

    private static string Article(string type) => type[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a";
}
