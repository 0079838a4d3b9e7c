using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weft.Language.Definitions;

namespace Weft.Workflows.Contracts;

/// <summary>One agent's work at one node. Texts are rendered; secrets in them are placeholders until the wire.</summary>
public sealed record RunAgentInput
{
    /// <summary>Gets whose work it is.</summary>
    public required StepScope Scope { get; init; }

    /// <summary>Gets how the agent works.</summary>
    public required AgentType Type { get; init; }

    /// <summary>Gets the rendered system prompt; null: none.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Gets the rendered prompt, task or goal, or a stored payload of it.</summary>
    public required JsonNode Prompt { get; init; }

    /// <summary>Gets what the agent may know besides: the values that a reasoning or code agent is shown as context.</summary>
    public JsonObject? Context { get; init; }

    /// <summary>Gets its models, limits and tools.</summary>
    public required AgentConfig Config { get; init; }

    /// <summary>Gets the tools that it may call.</summary>
    public IReadOnlyList<ToolReference> Tools { get; init; } = [];

    /// <summary>Gets the entity that each app acts for: app → entity id.</summary>
    public IReadOnlyDictionary<string, string> Entities { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the profile after <c>llm_profiles</c> is resolved; fast, balanced, powerful or custom.</summary>
    public string Profile { get; init; } = "balanced";

    /// <summary>Gets the models preferred on a tie.</summary>
    public IReadOnlyList<string> PreferredModels { get; init; } = [];

    /// <summary>Gets the workflow's limits on money; null: none.</summary>
    public CostControls? CostControls { get; init; }

    /// <summary>Gets the retry policy of one model or tool call; null: the product's.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>
    /// Gets how often a model is asked at most where its entry says so: its name → attempts, over those of <see cref="Retry"/>.
    /// </summary>
    public IReadOnlyDictionary<string, int> ModelAttempts { get; init; } = new Dictionary<string, int>();

    /// <summary>Gets the time limit of one model call; null: the model's, else the product's.</summary>
    public TimeSpan? CallTimeout { get; init; }

    /// <summary>Gets a value indicating whether the execution simulates its providers and tools.</summary>
    /// <remarks>It tells those who read a history; the agent decides nothing by it.</remarks>
    public bool Sandbox { get; init; }

    /// <summary>Gets a value indicating whether the first call of a model ranks the models too: <see cref="LoadedWorkflow"/>'s.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RoutesWithCall { get; init; }

    /// <summary>Gets the name of this run within the execution, with which its call ids begin; null: the node's id and attempt 1.</summary>
    public string? RunKey { get; init; }

    /// <summary>Gets the agents that a supervisor hands work to: each complete but for its prompt.</summary>
    public IReadOnlyList<DelegateAgent> Delegates { get; init; } = [];
}
