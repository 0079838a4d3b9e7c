using Weft.Language.Definitions;
using static Weft.Language.Shapes.Of;

namespace Weft.Language.Shapes;

/// <summary>Shapes that all dialects share.</summary>
internal static class CommonShapes
{
    public static readonly ObjectShape RetryObject = new("retry", "a retry policy", () =>
    [
        Key("max_attempts", Whole(1, 100), "Attempts in all, the first included.", "3").Or("attempts", "maximum_attempts"),
        Key("first_delay", Duration, "Wait before the second attempt.", "1s").Or(
            "initial_interval", "initial_delay", "initial_delay_seconds"),
        Key("backoff", Number(1, 10), "Factor by which each further wait grows.", "2").Or("backoff_coefficient", "backoff_multiplier"),
        Key("max_delay", Duration, "Longest wait.", "1m").Or("maximum_interval", "max_interval"),
        Key("jitter", Number(0, 1), "Share of each wait that is random, so that a crowd of retries spreads.", "0.2"),
        Key("timeout", Duration, "Time after which no further attempt starts."),
        Key("non_retryable", Texts, "Failure codes that are never retried.").Or("non_retryable_error_types", "non_retryable_codes"),
        Key("max_retries", Whole(0, 99), "Attempts after the first; another way to say `max_attempts`."),
    ]);

    public static readonly Shape Retry = Either(Whole(0, 100), RetryObject);

    private static readonly Shape Privacy =
        Settings("enabled", "retention_policy", "redact_patterns", "default_redaction_string", "non_persistable_message_types");

    public static readonly ObjectShape Memory = new("memory_reference", "a use of a memory", () =>
    [
        Needed("id", Id, "The memory: one of `memories`, `conversation_history` or `knowledge_base`."),
        Key("key", Template, "Template of the key under which it is kept."),
        Key("mode", Word("read-write", "read-only"), "Whether the agent also writes.", "read-write"),
        Key("privacy", Privacy,
            "What is kept and for how long, over the memory's own `privacy_policy`: `enabled`, `retention_policy`, `redact_patterns`."),
        Key("limit", Whole(1, 1000), "The most messages that are read."),
    ]);

    public static readonly Shape Memories = new ListShape(Either(Text, Memory), orOne: true);

    public static readonly ObjectShape Supervisor = new("supervisor", "a supervisor", () =>
    [
        Needed("agents", Texts, "The agents that it may hand work to."),
        Key("strategy", Word("sequential", "parallel", "adaptive"), "How it hands out work.", "adaptive"),
        Key("max_rounds", Whole(1, 50), "The most rounds.", "10"),
    ]);

    /// <summary>What may be said of how an agent works, at a node and in an agent of one's own.</summary>
    public static IEnumerable<Key> Working =>
    [
        Key("model_profile", Text, "`fast`, `balanced`, `powerful`, `custom`, or a name from `llm_profiles`.").Or("profile"),
        Key("models", Texts, "The only models that may be used, in order of preference."),
        Key("max_iterations", Whole(1, 100), "The most model calls of a reasoning loop.", "10"),
        Key("max_retries", Whole(0, 20), "The most replans of a code agent.", "3"),
        Key("temperature", Number(0, 2), "Sampling temperature."),
        Key("max_tokens", Whole(1, 10_000_000), "The longest reply, in tokens."),
        Key("output_schema", Schema, "The form that the answer must have."),
        Key("json_mode", Bool, "Whether the answer must be JSON though no schema is given.", "false"),
        Key("tools", new ListShape(Either(Text, AnyMap), orOne: true), "Tools: `app.action`, `app.*`, or ids of the file's own tools.").Or(
            "allowed_tools"),
        Key("context_sources", Texts,
            "What the prompt may read besides results: `conversation_history`, `knowledge_base`, or a memory's id."),
        Key("max_cost_per_call", Number(0), "The most that one model call may cost, in USD."),
        Key("max_latency_ms", Whole(1, 3_600_000), "The slowest model that may be chosen, in milliseconds."),
        Key("on_unknown_outcome", Word("fail", "retry", "ask"), "What to do about a tool call that may or may not have taken effect.",
            "fail"),
        Key("supervisor", Supervisor, "Agents that this one hands work to."),
        Key("memory", Memories, "Memories that are read before and written after the work."),
    ];

    public static readonly ObjectShape Config =
        new("agent_config", "a node's config", () => [.. Working, Key("model", Text, "The one model to use.")]);

    public static readonly ObjectShape Model = new("model", "a model", () => ModelKeys(required: true));

    /// <summary>A model, or a part of one over another.</summary>
    public static readonly ObjectShape ModelPart = new("model_part", "a model", () => ModelKeys(required: false));

    public static readonly ObjectShape Action = new("agent_action", "an action", () =>
    [
        Needed("id", Id, "Its id."),
        Needed("prompt", Template, "What is asked, as a template; the task's `with` is `input`."),
        Key("json_mode", Bool, "Whether the answer must be JSON.", "false"),
        Key("input", Schema, "The form of its input.").Or("input_schema"),
        Key("output", Schema, "The form of its answer.").Or("output_schema"),
        Key("with", DataMap, "Input that a task may leave out."),
        Key("tools", new ListShape(Either(Text, AnyMap), orOne: true), "Tools for this action besides the agent's."),
        Key("attachments", Any, "Files that go along."),
    ]);

    public static readonly ObjectShape Agent = new("agent", "an agent", () =>
    [
        Key("resource", Text, "What the file holds, for autoload: `agent`."),
        Needed("id", Id, "Its id."),
        Key("type", Word([.. AgentKinds.Words]), "How it thinks.", "reasoning with tools, else simple"),
        Key("description", Text, "What it is for."),
        Key("instructions", Template, "The system prompt.").Or("system_prompt"),
        Key("model", Either(Text, ModelPart), "A model's name, or a model written out."),
        Key("config", ModelPart, "A model written out; the older name of `model`."),
        Key("actions", List(Action), "What it can be asked to do."),
        Key("with", DataMap, "Input that its actions share."),
        Key("env", TextMap, "Environment entries for its tools."),
        Key("mcps", new ListShape(Either(Text, AnyMap)), "MCP servers whose tools it may use."),
        Key("knowledge", Any, "Knowledge that is searched for its prompts."),
        Key("attachments", Any, "Files that go along."),
        .. Working,
    ]);

    /// <summary>What a tool of a file may be made of, in the order in which documents list it: also what cannot be called yet.</summary>
    private static readonly string[] ToolTypes =
        [.. ((string[])["http", "javascript", "typescript", "python", "shell", "mcp", "composio"]).Union(LoadOptions.Default.ToolTypes)];

    public static readonly ObjectShape Tool = new("tool", "a tool", () =>
    [
        Key("resource", Text, "What the file holds, for autoload: `tool`."),
        Needed("id", Id, "Its id."),
        Key(
            "type",
            new WordShape(ToolTypes) { TakesToolTypes = true },
            "What it is made of.",
            "by its keys").Or("runtime"),
        Key("description", Text, "What it does, for the model that may call it."),
        Key("config", DataMap,
            "Settings by type: `base_url`, `headers`, `method`, `path` (http); `command`, `args`, `url` (mcp); `app`, `action` "
            + "(composio)."),
        Key("execute", Text, "A script's code.").Or("code"),
        Key("input", Schema, "The form of its arguments.").Or("input_schema"),
        Key("output", Schema,
            "The form of its answer; of an http tool `{status_code, data, headers}`, or of `data` when the schema names none of those.").Or(
                "output_schema"),
        Key("with", DataMap, "Arguments that a call may leave out."),
        Key("timeout", Duration, "The longest time of one call."),
        Key("env", TextMap, "Environment entries of its own: its settings read them as `env.NAME`, before those of the workflow."),
        Key("idempotent", Bool, "Whether a call may be repeated without harm.", "false"),
    ]);

    public static readonly ObjectShape Mcp = new("mcp_server", "an MCP server", () =>
    [
        Key("resource", Text, "What the file holds, for autoload: `mcp`."),
        Needed("id", Id, "Its id."),
        Key("url", Template, "Where it listens."),
        Key("command", Template, "What starts it, for stdio."),
        Key("args", List(Template), "Arguments of the command."),
        Key("headers", TextMap, "Headers of each request."),
        Key("env", TextMap, "Environment of the command."),
        Key("transport", Word("stdio", "sse", "streamable-http"), "How it is spoken to.", "stdio with a command, else streamable-http"),
        Key("proto", Text, "Version of the protocol."),
        Key("start_timeout", Duration, "The longest time it may take to start."),
        Key("max_sessions", Whole(1, 1000), "The most sessions at once."),
    ]);

    public static readonly ObjectShape ComposioApp = new("composio_app", "an app", () =>
    [
        Needed("name", Text, "The toolkit, such as `shopify`."),
        Key("entity_id_source", Text, "The key of the context, else of the input, that holds whose account is used. Default: `user_id`."),
        Key("actions", Texts, "The actions that may be used.", "all"),
    ]);

    public static readonly ObjectShape Composio = new("composio", "the composio section", () =>
    [
        Key("apps", List(Either(Text, ComposioApp)), "The apps, and whose account each acts for."),
    ]);

    public static readonly ObjectShape CostControls = new("cost_controls", "cost controls", () =>
    [
        Key("max_cost_per_conversation", Number(0), "The most that one conversation may cost."),
        Key("max_cost_per_call", Number(0), "The most that one model call may cost."),
        Key("max_cost_per_execution", Number(0), "The most that one execution may cost.").Or("max_cost_per_workflow"),
        Key("daily_budget", Number(0), "The most that all executions may cost in a day (UTC)."),
        Key("monthly_budget", Number(0), "The most that all executions may cost in a month (UTC)."),
        Key("alert_threshold", Number(0, 1), "Share of a budget at which an alert is raised.", "0.8"),
    ]);

    public static readonly ObjectShape Monitoring = new("monitoring", "the monitoring section", () =>
    [
        Key("track_latency", Bool, "Whether latencies are recorded: they always are.", "true"),
        Key("track_costs", Bool, "Whether costs are recorded: they always are.", "true"),
        Key("track_tool_usage", Bool, "Whether tool calls are recorded: they always are.", "true"),
        Key("alert_on_error_rate", Number(0, 1), "Share of failed executions, of the last 20, above which an alert is raised."),
    ]);

    public static readonly ObjectShape MemorySection = new("memory", "the memory section", () =>
    [
        Key("strategy", Word("buffer", "token_based", "message_count_based", "hybrid"), "How a conversation is kept short.", "hybrid"),
        Key("short_term", new ObjectShape("short_term_memory", "short-term memory", () =>
        [
            Key("type", Text, "A name of the store; ours is the product's own."),
            Key("window_size", Whole(1, 10_000), "How many messages are remembered word for word.", "50"),
        ]), "The conversation so far."),
        Key("long_term", new ObjectShape("long_term_memory", "long-term memory", () =>
        [
            Key("type", Text, "A name of the store; ours is the product's own."),
            Key("index", Text, "The collection that is searched."),
            Key("top_k", Whole(1, 100), "How many documents a search brings.", "5"),
        ]), "What is searched for knowledge."),
    ]);

    public static readonly ObjectShape MemoryDefinition = new("memory_definition", "a memory", () =>
    [
        Key("resource", Text, "What the file holds, for autoload: `memory`."),
        Needed("id", Id, "Its id."),
        Key("type", Word("token_based", "message_count_based", "buffer", "hybrid"), "How it is kept short.", "buffer").Or("strategy"),
        Key("description", Text, "What it is for."),
        Key("version", Text, "Its version."),
        Key("max_tokens", Whole(1, 10_000_000), "The most tokens."),
        Key("max_messages", Whole(1, 1_000_000), "The most messages."),
        Key("max_context_ratio", Number(0, 1), "The share of the model's context that it may fill.").Idle(
            "a memory does not know its models. Limit it by 'max_tokens'."),
        Key("token_allocation", AnyMap, "Shares of the tokens: `short_term`, `long_term`, `system`.").Idle(
            "a memory is one list of messages. Limit it by 'max_tokens'."),
        Key("flushing", Settings("type", "summarize_threshold", "summary_tokens"),
            "When and how it is summed up: `type` (`simple_fifo`, `hybrid_summary`), `summarize_threshold`, `summary_tokens`."),
        Key("eviction", AnyMap, "What goes first.").Idle("the oldest messages go first."),
        Key("persistence", Settings("ttl"), "`ttl`: for how long it is kept after its last change."),
        Key("privacy_policy", Privacy,
            "What is blackened: `redact_patterns`, `non_persistable_message_types`, `default_redaction_string`."),
        Key("locking", AnyMap, "Times of its locks.").Idle("writers that meet take turns, without locks."),
        Key("token_provider", AnyMap, "Whose tokens are counted.").Idle("tokens are estimated, the same for all models."),
        Key("default_key_template", Template, "Template of the key when a use names none."),
    ]);

    public static readonly ObjectShape Schedule = new("schedule", "a schedule", () =>
    [
        Needed("cron", Cron, "When: five fields, six with seconds first, `@daily`, or `@every 15m`."),
        Key("timezone", Text, "The time zone's IANA name.", "UTC").Or("time_zone"),
        Key("enabled", Bool, "Whether it is on.", "true"),
        Key("jitter", Duration, "The most by which a start is put off at random."),
        Key("overlap_policy", Word("skip", "queue", "allow", "buffer_one"),
            "What to do when the last run is still going; `buffer_one` is `queue`.", "skip"),
        Key("catch_up", Bool, "Whether ticks that were missed are made up for, once.", "false"),
        Key("start_at", Time, "No start before."),
        Key("end_at", Time, "No start after."),
        Key("input", Any, "The input of each start."),
    ]);

    public static readonly ObjectShape Webhook = new("webhook", "a webhook", () =>
    [
        Key("slug", Text, "Its name: deliveries go to `/hooks/SLUG`."),
        Key("method", Text, "The method of its deliveries.").Idle("deliveries are posted."),
        Key("events", List(new ObjectShape("webhook_event", "an event", () =>
        [
            Key("name", Text, "What it is called."),
            Key("filter", Text, "Expression over `payload`, `headers` and `query`; the first event whose filter holds counts."),
            Key("input", Data, "Templates that make the input of it. Without: the payload."),
            Key("schema", AnyMap, "The form that the input must have: a JSON Schema."),
        ])), "What a delivery may be. Without: every delivery starts the workflow with its payload."),
        Key("verify", new ObjectShape("webhook_verify", "a webhook's verification", () =>
        [
            Key("strategy", Word("none", "hmac", "github", "stripe", "weft"), "How deliveries are signed.", "hmac"),
            Key("secret", Template, "Where the secret comes from: `{{ .env.HOOK_SECRET }}`. `weft` finds its own by the hook's name."),
            Key("header", Text, "The header of the signature (`hmac`).", "x-signature"),
        ]), "How deliveries are signed. Without: whoever delivers needs a key of the server's."),
        Key("dedupe", new ObjectShape("webhook_dedupe", "a webhook's deduplication", () =>
        [
            Key("key", Text, "Path into the payload whose value names the delivery.", "an idempotency header"),
            Key("enabled", Bool, "Whether repeats are told.", "true"),
            Key("ttl", Duration, "For how long they are.").Idle("keys are kept as long as those of other starts."),
        ]), "How a repeated delivery is known."),
    ]);

    public static readonly ObjectShape Trigger = new("trigger", "a trigger", () =>
    [
        Needed("type", Word("signal", "webhook"), "What starts the workflow."),
        Key("name", Text, "The signal's name."),
        Key("schema", Schema, "The form that the payload must have."),
        Key("webhook", Webhook, "What the webhook is called, and what it takes."),
    ]);

    private static IEnumerable<Key> ModelKeys(bool required) =>
    [
        Key("resource", Text, "What the file holds, for autoload: `model`."),
        Key("id", Text, "The name it is known by.", "`model`").Or("name"),
        new Key("provider", Text,
            "openai, azure_openai, anthropic, groq, gemini, ollama, or any OpenAI-compatible endpoint's name.") { Required = required },
        new Key("model", Text, "The provider's name for it.") { Required = required },
        Key("api_key", Template, "Where its key comes from: `{{ .env.OPENAI_API_KEY }}`. Never a key in clear."),
        Key("base_url", Template, "Where the provider answers.").Or("api_url"),
        Key("organization", Template, "The provider's organization."),
        Key("default", Bool, "Whether it is used where nothing else is said.", "false"),
        Key("temperature", Number(0, 2), "Sampling temperature."),
        Key("max_tokens", Whole(1, 10_000_000), "The longest reply, in tokens."),
        Key("context_window", Whole(1, 100_000_000), "How many tokens prompt and reply may have."),
        Key("cost_per_1k_input", Number(0), "Price of 1,000 input tokens, in USD."),
        Key("cost_per_1k_output", Number(0), "Price of 1,000 output tokens, in USD."),
        Key("avg_latency_ms", Whole(1, 3_600_000), "Its usual latency, in milliseconds."),
        Key("quality_score", Number(0, 10), "How good it is."),
        Key("supports_tools", Bool, "Whether it can call tools."),
        Key("supports_vision", Bool, "Whether it can see."),
        Key("supports_streaming", Bool, "Whether it can stream."),
        Key("timeout", Duration, "The longest time of one call."),
        Key("retry_attempts", Whole(0, 20), "Attempts after the first, when it fails in passing.", "1"),
        Key("params", AnyMap, "Further parameters as the provider names them: `top_p`, `seed`, `stop_words` …"),
        Key("rate_limit", AnyMap, "`requests_per_minute`, `tokens_per_minute`, `concurrency`.").Idle(
            "calls are not held back; a provider that refuses one says when to come back, and is heard."),
    ];
}
