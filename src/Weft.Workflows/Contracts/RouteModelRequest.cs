using Weft.Language.Definitions;

namespace Weft.Workflows.Contracts;

/// <summary>Asks for a ranking of models.</summary>
public sealed record RouteModelRequest
{
    /// <summary>Gets whose request it is.</summary>
    public required StepScope Scope { get; init; }

    /// <summary>Gets fast, balanced, powerful or custom.</summary>
    public required string Profile { get; init; }

    /// <summary>Gets the estimated tokens of the whole call: prompt, tools, and room for the reply.</summary>
    public required int EstimatedTokens { get; init; }

    /// <summary>Gets the only models allowed, in order of preference; empty: the profile's.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Gets models that come first where they will do, best first.</summary>
    public IReadOnlyList<string> PreferredModels { get; init; } = [];

    /// <summary>
    /// Gets words of: tools (tool_calling, function_calling), vision, streaming, structured_output, json_mode, reasoning.
    /// </summary>
    public IReadOnlyList<string> RequiredCapabilities { get; init; } = [];

    /// <summary>Gets the most that the call may cost, in USD; null: the profile's limit, or none where models are named.</summary>
    public double? MaxCostPerCall { get; init; }

    /// <summary>Gets the longest expected latency, in milliseconds; null: as with the cost.</summary>
    public int? MaxLatencyMs { get; init; }

    /// <summary>Gets the workflow's limits on money; null: none.</summary>
    public CostControls? CostControls { get; init; }
}
