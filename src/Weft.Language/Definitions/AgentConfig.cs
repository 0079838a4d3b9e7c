using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

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

    /// <summary>Gets the sampling temperature, from 0 to 2; null: the card's.</summary>
    public double? Temperature { get; init; }

    /// <summary>Gets the most tokens of one answer; null: the card's.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets the JSON Schema that the answer must fit.</summary>
    public JsonObject? OutputSchema { get; init; }

    /// <summary>Gets a value indicating whether the answer must be JSON though no schema is given (<c>json_mode</c>).</summary>
    public bool JsonMode { get; init; }

    /// <summary>Gets tool specs: <c>app.action</c>, <c>app.*</c>, ids of the file's tools; each may be a comma list.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Gets what fills the prompt's scope besides results: conversation_history, knowledge_base, or a memory's id.</summary>
    public IReadOnlyList<string> ContextSources { get; init; } = [];

    /// <summary>Gets the most that one model call may cost, in USD; null: no limit.</summary>
    public double? MaxCostPerCall { get; init; }

    /// <summary>Gets the longest expected latency of a model that may be chosen, in milliseconds; null: no limit.</summary>
    public int? MaxLatencyMs { get; init; }

    /// <summary>Gets what a tool call with an unknown outcome leads to. The default is fail.</summary>
    public UnknownOutcomePolicy OnUnknownOutcome { get; init; } = UnknownOutcomePolicy.Fail;

    /// <summary>Gets the memories that are read before and written after the work, besides the agent's own.</summary>
    public IReadOnlyList<MemoryReference> Memory { get; init; } = [];

    /// <summary>Gets the agents below a supervisor, and how it leads them; null for other kinds.</summary>
    public SupervisorDefinition? Supervisor { get; init; }
}
