using System.Text.Json.Nodes;

namespace Weft.Workflows.Definitions;

/// <summary>An app of <c>composio.apps</c>.</summary>
/// <param name="Name">The toolkit, such as <c>shopify</c>.</param>
/// <param name="EntityIdSource">The key of the context (else of the input) that holds the entity whose account is used.</param>
/// <param name="Actions">The actions that may be used; empty: all.</param>
public sealed record ComposioApp(string Name, string? EntityIdSource, IReadOnlyList<string> Actions);

/// <summary>A model that a file brings along: an entry of <c>models</c>.</summary>
public sealed record ModelDefinition
{
    /// <summary>Gets the name it is known by: <c>id</c>, else <c>model</c>.</summary>
    public required string Name { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Gets the template of the key; it must come from the environment (<c>{{ .env.OPENAI_API_KEY }}</c>), never in clear.</summary>
    public string? ApiKey { get; init; }

    public string? BaseUrl { get; init; }

    public bool Default { get; init; }

    public double? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public int? ContextWindow { get; init; }

    public double? CostPer1kInput { get; init; }

    public double? CostPer1kOutput { get; init; }

    public int? AvgLatencyMs { get; init; }

    public double? QualityScore { get; init; }

    public TimeSpan? Timeout { get; init; }

    public int? RetryAttempts { get; init; }

    public bool? SupportsTools { get; init; }

    public bool? SupportsVision { get; init; }

    public bool? SupportsStreaming { get; init; }

    /// <summary>Gets the template of the provider's organization.</summary>
    public string? Organization { get; init; }

    /// <summary>Gets limits on calls as written: <c>requests_per_minute</c>, <c>tokens_per_minute</c>, <c>concurrency</c>.</summary>
    public JsonObject? RateLimit { get; init; }

    /// <summary>Gets further provider parameters as written.</summary>
    public JsonObject? Params { get; init; }
}

/// <summary>An agent that a file brings along.</summary>
public sealed record AgentDefinition
{
    public required string Id { get; init; }

    /// <summary>Gets simple, reasoning or code; null: reasoning when it has tools, else simple.</summary>
    public string? Type { get; init; }

    public string? Description { get; init; }

    /// <summary>Gets the system prompt, templated.</summary>
    public string? Instructions { get; init; }

    /// <summary>Gets the model it runs on: a name of <see cref="WorkflowDefinition.Models"/> or of the catalog; null: by profile.</summary>
    public string? Model { get; init; }

    public AgentConfig Config { get; init; } = new();

    public IReadOnlyList<AgentAction> Actions { get; init; } = [];

    public IReadOnlyList<MemoryReference> Memory { get; init; } = [];

    public JsonObject? With { get; init; }

    /// <summary>Gets environment entries for its tools: name → text or template.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();
}

/// <summary>One thing that an agent can be asked to do.</summary>
public sealed record AgentAction
{
    public required string Id { get; init; }

    public required string Prompt { get; init; }

    public bool JsonMode { get; init; }

    public JsonObject? InputSchema { get; init; }

    public JsonObject? OutputSchema { get; init; }

    public JsonObject? With { get; init; }

    public IReadOnlyList<string> Tools { get; init; } = [];
}

/// <summary>A tool that a file brings along.</summary>
public sealed record ToolDefinition
{
    public required string Id { get; init; }

    /// <summary>Gets http, javascript, typescript, python, shell, mcp or composio.</summary>
    public required string Type { get; init; }

    public string? Description { get; init; }

    /// <summary>Gets settings by type, templated; those that read <c>env</c> are rendered inside the activity alone.</summary>
    public JsonObject? Config { get; init; }

    /// <summary>Gets a script's code.</summary>
    public string? Execute { get; init; }

    public JsonObject? InputSchema { get; init; }

    public JsonObject? OutputSchema { get; init; }

    public JsonObject? With { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets environment entries that a script gets; it gets no others: name → text or template.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets a value indicating whether a call may be repeated without harm; null: unknown, so no.</summary>
    public bool? Idempotent { get; init; }
}

/// <summary>A memory: the graph dialect's <c>memory</c>, or an entry of <c>memories</c>.</summary>
public sealed record MemoryDefinition
{
    public required string Id { get; init; }

    /// <summary>Gets token_based, message_count_based, buffer or hybrid.</summary>
    public string? Strategy { get; init; }

    /// <summary>Gets the settings as written.</summary>
    public JsonObject? Settings { get; init; }
}

/// <summary>How an agent uses a memory.</summary>
/// <param name="Id">The memory's id.</param>
/// <param name="Key">The template of the key.</param>
/// <param name="ReadOnly">Whether it only reads.</param>
/// <param name="Settings">Further settings as written (privacy, limits).</param>
public sealed record MemoryReference(string Id, string? Key, bool ReadOnly, JsonObject? Settings = null);

/// <summary>Limits on money, in USD. Null means no limit.</summary>
public sealed record CostControls
{
    public double? MaxCostPerConversation { get; init; }

    public double? MaxCostPerCall { get; init; }

    public double? MaxCostPerExecution { get; init; }

    public double? DailyBudget { get; init; }

    public double? MonthlyBudget { get; init; }

    /// <summary>Gets the share of a budget at which an alert is raised, 0 to 1.</summary>
    public double? AlertThreshold { get; init; }
}

/// <summary>What is watched.</summary>
public sealed record MonitoringSection
{
    public bool TrackLatency { get; init; } = true;

    public bool TrackCosts { get; init; } = true;

    public bool TrackToolUsage { get; init; } = true;

    /// <summary>Gets the share of failed executions at which an alert is raised, 0 to 1.</summary>
    public double? AlertOnErrorRate { get; init; }
}

/// <summary>When a workflow starts by itself.</summary>
public sealed record ScheduleDefinition
{
    public required string Cron { get; init; }

    public string? TimeZone { get; init; }

    public bool Enabled { get; init; } = true;

    public TimeSpan? Jitter { get; init; }

    /// <summary>Gets skip, queue or allow.</summary>
    public string OverlapPolicy { get; init; } = "skip";

    /// <summary>Gets a value indicating whether ticks that were missed while nothing ran are made up for, once.</summary>
    public bool CatchUp { get; init; }

    public JsonNode? Input { get; init; }

    public DateTime? StartAt { get; init; }

    public DateTime? EndAt { get; init; }
}

/// <summary>What starts a workflow from outside: <c>signal</c> or <c>webhook</c>.</summary>
public sealed record TriggerDefinition(string Type, string Name, JsonObject? Schema = null, JsonObject? Settings = null);
