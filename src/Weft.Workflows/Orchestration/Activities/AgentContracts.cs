using System.Text.Json.Nodes;
using Weft.Workflows.Definitions;

namespace Weft.Workflows.Orchestration.Activities;

/// <summary>How an agent thinks.</summary>
public enum AgentType
{
    /// <summary>One call; its answer may have to fit a schema.</summary>
    Simple,

    /// <summary>A loop of model calls and tool calls.</summary>
    Reasoning,

    /// <summary>Plans against a goal, executes, verifies, plans again.</summary>
    Code,

    /// <summary>Hands work to other agents.</summary>
    Supervisor,
}

/// <summary>A registered agent: the seed's AgentMetadata, and how it works by default.</summary>
public sealed record AgentCard
{
    public required string Name { get; init; }

    public required AgentType Type { get; init; }

    public string? Description { get; init; }

    /// <summary>Gets words of: structured_output, tool_calling, reasoning, planning, memory, vision, code_execution.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Gets the models it was made for; a node's profile decides among all, and prefers these on a tie.</summary>
    public IReadOnlyList<string> SupportedModels { get; init; } = [];

    public string? DefaultModel { get; init; }

    public string? DefaultProfile { get; init; }

    public int MaxTokens { get; init; } = 4096;

    public bool SupportsStreaming { get; init; }

    /// <summary>Gets low, medium or high.</summary>
    public string CostTier { get; init; } = "medium";

    public int AvgLatencyMs { get; init; } = 2000;

    public bool RequiresTools { get; init; }

    public int? MaxTools { get; init; }

    public int? MaxIterations { get; init; }

    public int TimeoutSeconds { get; init; } = 300;

    /// <summary>Gets the system prompt, templated.</summary>
    public string? SystemPrompt { get; init; }

    public double? Temperature { get; init; }

    public JsonObject? OutputSchema { get; init; }

    /// <summary>Gets the tools it has when a node names none.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];
}

/// <summary>One agent's work at one node. Texts are rendered; secrets in them are placeholders until the wire.</summary>
public sealed record RunAgentInput
{
    public required StepScope Scope { get; init; }

    public required AgentType Type { get; init; }

    /// <summary>Gets the rendered system prompt.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Gets the rendered prompt, task or goal, or a stored payload of it.</summary>
    public required JsonNode Prompt { get; init; }

    /// <summary>Gets what the agent may know besides: the values that a reasoning or code agent is shown as context.</summary>
    public JsonObject? Context { get; init; }

    public required AgentConfig Config { get; init; }

    public IReadOnlyList<ToolReference> Tools { get; init; } = [];

    /// <summary>Gets the entity that each app acts for: app → entity id.</summary>
    public IReadOnlyDictionary<string, string> Entities { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the profile after <c>llm_profiles</c> is resolved; fast, balanced, powerful or custom.</summary>
    public string Profile { get; init; } = "balanced";

    /// <summary>Gets the models preferred on a tie.</summary>
    public IReadOnlyList<string> PreferredModels { get; init; } = [];

    public CostControls? CostControls { get; init; }

    /// <summary>Gets the retry policy of one model or tool call; null: the product's.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>Gets how often a model is asked at most where its entry says so: its name → attempts, over those of <see cref="Retry"/>.</summary>
    public IReadOnlyDictionary<string, int> ModelAttempts { get; init; } = new Dictionary<string, int>();

    /// <summary>Gets the time limit of one model call.</summary>
    public TimeSpan? CallTimeout { get; init; }

    /// <summary>Gets a value indicating whether the output must come from the file's own tools' schemas, too.</summary>
    public bool Sandbox { get; init; }

    /// <summary>Gets the name of this run within the execution, with which its call ids begin; null: the node's id and attempt 1.</summary>
    public string? RunKey { get; init; }

    /// <summary>Gets the agents that a supervisor hands work to: each complete but for its prompt.</summary>
    public IReadOnlyList<DelegateAgent> Delegates { get; init; } = [];
}

/// <summary>An agent that a supervisor may hand work to.</summary>
/// <param name="Name">The name by which the supervisor calls it.</param>
/// <param name="Description">What it is good at.</param>
/// <param name="Run">How it runs; its prompt is what the supervisor asks.</param>
public sealed record DelegateAgent(string Name, string? Description, RunAgentInput Run)
{
    /// <summary>Gets the longest time of one assignment: its card's; null: no limit of its own.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>What an agent came to, and what it took.</summary>
/// <param name="Output">The object its schema describes, or the shape of its type (CONTRACT's execution document).</param>
/// <param name="Usage">Sums over its calls.</param>
/// <param name="Failure">Why it failed; null: it did not.</param>
public sealed record AgentResult(JsonNode? Output, AgentUsage Usage, FailureDetails? Failure);

/// <summary>What an agent's calls took, for the trace.</summary>
public sealed record AgentUsage
{
    public string? Model { get; init; }

    public string? Provider { get; init; }

    public long InputTokens { get; init; }

    public long OutputTokens { get; init; }

    public double CostUsd { get; init; }

    public int Iterations { get; init; }

    public IReadOnlyList<ToolCallTrace> ToolCalls { get; init; } = [];

    /// <summary>Gets each model call in order, failed ones with why.</summary>
    public IReadOnlyList<ModelCallTrace> ModelCalls { get; init; } = [];

    public IReadOnlyDictionary<string, double> CostByModel { get; init; } = new Dictionary<string, double>();

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
