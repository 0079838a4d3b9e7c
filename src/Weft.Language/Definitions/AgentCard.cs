using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>A registered agent: what it can do and costs, and how it works by default.</summary>
public sealed record AgentCard
{
    /// <summary>Gets the name by which nodes ask for the agent.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how the agent works.</summary>
    public required AgentType Type { get; init; }

    /// <summary>Gets what it is for: shown in listings, and to supervisors that choose among agents.</summary>
    public string? Description { get; init; }

    /// <summary>Gets words of: structured_output, tool_calling, reasoning, planning, memory, vision, code_execution.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Gets the models it was made for; a node's profile decides among all, and prefers these on a tie.</summary>
    public IReadOnlyList<string> SupportedModels { get; init; } = [];

    /// <summary>Gets the model that it runs on when neither node nor card names a profile; else it is preferred on a tie.</summary>
    public string? DefaultModel { get; init; }

    /// <summary>Gets the profile by which models are ranked; null: that of the agent's kind.</summary>
    public string? DefaultProfile { get; init; }

    /// <summary>Gets the most tokens of one answer: 1 to 10,000,000. The default is 4,096.</summary>
    public int MaxTokens { get; init; } = 4096;

    /// <summary>
    /// Gets a value indicating whether the agent says that it can stream its answer. For listings; nothing depends on it.
    /// </summary>
    public bool SupportsStreaming { get; init; }

    /// <summary>Gets low, medium or high. The default is medium.</summary>
    public string CostTier { get; init; } = "medium";

    /// <summary>Gets how long a run usually takes, in milliseconds, as its author says. The default is 2,000.</summary>
    public int AvgLatencyMs { get; init; } = 2000;

    /// <summary>Gets a value indicating whether the agent is of no use without tools; a node that gives it none is refused.</summary>
    public bool RequiresTools { get; init; }

    /// <summary>Gets the most tools that one run may be shown; null: no limit of its own.</summary>
    public int? MaxTools { get; init; }

    /// <summary>Gets the most rounds of thinking and acting: 1 to 100; null: the default of its kind.</summary>
    public int? MaxIterations { get; init; }

    /// <summary>Gets how long one run may take, in seconds: 1 to 86,400. The default is 300.</summary>
    public int TimeoutSeconds { get; init; } = 300;

    /// <summary>Gets the system prompt, templated.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>Gets the sampling temperature, from 0 to 2; null: the model's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>Gets the JSON Schema of its answer; a node's own replaces it.</summary>
    public JsonObject? OutputSchema { get; init; }

    /// <summary>Gets the tools it has when a node names none.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];
}
