using Weft.Language.Definitions;

namespace Weft.Workflows.Contracts;

/// <summary>Asks for a ranking of models.</summary>
public sealed record RouteModelRequest
{
    public required StepScope Scope { get; init; }

    /// <summary>Gets fast, balanced, powerful or custom.</summary>
    public required string Profile { get; init; }

    /// <summary>Gets the estimated tokens of the whole call: prompt, tools, and room for the reply.</summary>
    public required int EstimatedTokens { get; init; }

    /// <summary>Gets the only models allowed, in order of preference; empty: the profile's.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    public IReadOnlyList<string> PreferredModels { get; init; } = [];

    /// <summary>Gets words of: tools (tool_calling), vision, structured_output, streaming.</summary>
    public IReadOnlyList<string> RequiredCapabilities { get; init; } = [];

    public double? MaxCostPerCall { get; init; }

    public int? MaxLatencyMs { get; init; }

    public CostControls? CostControls { get; init; }
}
