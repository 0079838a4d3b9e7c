using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Weft.Workflows.Definitions;

/// <summary>What a graph node or a basic task does, in either dialect.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AgentStep), "agent")]
[JsonDerivedType(typeof(ToolStep), "tool")]
[JsonDerivedType(typeof(TransformStep), "transform")]
[JsonDerivedType(typeof(SubWorkflowStep), "workflow")]
public abstract record Step
{
    /// <summary>Gets a graph node's templated input (<c>with</c>, <c>params</c>); null: none. A task keeps its own in <see cref="TaskDefinition.With"/>.</summary>
    public JsonNode? With { get; init; }
}

/// <summary>An agent works on a prompt, a task or a goal.</summary>
public sealed record AgentStep : Step
{
    /// <summary>Gets the agent: one of the file's own agents, else a registered card.</summary>
    public required string Agent { get; init; }

    /// <summary>Gets the action of a tasks-dialect agent; null: the prompt alone.</summary>
    public string? Action { get; init; }

    /// <summary>Gets the template of what is asked: <c>prompt_template</c> | <c>prompt</c> (simple), <c>task</c> (reasoning), <c>goal</c> (code).</summary>
    public string? Prompt { get; init; }

    public string? SystemPrompt { get; init; }

    public AgentConfig Config { get; init; } = new();
}

/// <summary>How an agent works at one place: a node's <c>config</c>, laid over the agent's own.</summary>
public sealed record AgentConfig
{
    /// <summary>Gets the profile (fast, balanced, powerful, custom) or a name from <c>llm_profiles</c>.</summary>
    public string? ModelProfile { get; init; }

    /// <summary>Gets the only models that may be used, in order of preference; empty: the profile's.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Gets the most model calls of a reasoning loop: 1 to 100.</summary>
    public int? MaxIterations { get; init; }

    /// <summary>Gets the most replans of a code agent: 0 to 20.</summary>
    public int? MaxRetries { get; init; }

    public double? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    /// <summary>Gets the JSON Schema that the answer must fit.</summary>
    public JsonObject? OutputSchema { get; init; }

    /// <summary>Gets a value indicating whether the answer must be JSON though no schema is given (<c>json_mode</c>).</summary>
    public bool JsonMode { get; init; }

    /// <summary>Gets tool specs: <c>app.action</c>, <c>app.*</c>, ids of the file's tools; each may be a comma list.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Gets what fills the prompt's scope besides results: conversation_history, knowledge_base, or a memory's id.</summary>
    public IReadOnlyList<string> ContextSources { get; init; } = [];

    /// <summary>Gets limits on what one call may cost or take, over those of the profile.</summary>
    public double? MaxCostPerCall { get; init; }

    public int? MaxLatencyMs { get; init; }

    /// <summary>Gets what a tool call with an unknown outcome leads to. The default is fail.</summary>
    public UnknownOutcomePolicy OnUnknownOutcome { get; init; } = UnknownOutcomePolicy.Fail;

    /// <summary>Gets the memories that are read before and written after the work, besides the agent's own.</summary>
    public IReadOnlyList<MemoryReference> Memory { get; init; } = [];

    public SupervisorDefinition? Supervisor { get; init; }
}

/// <summary>What to do about a call that may or may not have taken effect.</summary>
public enum UnknownOutcomePolicy
{
    /// <summary>The step fails, and says so.</summary>
    Fail,

    /// <summary>The call is made again.</summary>
    Retry,

    /// <summary>A person decides, by a signal.</summary>
    Ask,
}

/// <summary>Agents that a supervising model hands work to.</summary>
public sealed record SupervisorDefinition(IReadOnlyList<string> Agents, string? Strategy = null, int? MaxRounds = null);

/// <summary>One tool call without a model.</summary>
public sealed record ToolStep : Step
{
    /// <summary>Gets the tool: <c>app.action</c>, or the id of one of the file's tools.</summary>
    public required string Tool { get; init; }

    public UnknownOutcomePolicy OnUnknownOutcome { get; init; } = UnknownOutcomePolicy.Fail;
}

/// <summary>Data in, data out: no I/O. The output is <see cref="Value"/> rendered, or the input when that is null.</summary>
public sealed record TransformStep : Step
{
    public JsonNode? Value { get; init; }
}

/// <summary>Runs another workflow as a child, and answers its output.</summary>
public sealed record SubWorkflowStep : Step
{
    public required string WorkflowId { get; init; }
}

/// <summary>When a step is retried, how long it may take. Null: inherited from <see cref="StepDefaults"/>.</summary>
public sealed record StepPolicy
{
    public Orchestration.RetryPolicy? Retry { get; init; }

    /// <summary>Gets the longest time of the whole step, retries included.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the longest time of one attempt: one model call or one tool call.</summary>
    public TimeSpan? AttemptTimeout { get; init; }
}

/// <summary>What steps inherit.</summary>
public sealed record StepDefaults
{
    public Orchestration.RetryPolicy? Retry { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets the longest time of one attempt: one model call or one tool call.</summary>
    public TimeSpan? AttemptTimeout { get; init; }
}
