using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>A registered agent: what it can do and costs, and how it works by default.</summary>
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
