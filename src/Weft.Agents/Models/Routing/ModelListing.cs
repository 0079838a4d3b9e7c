using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Health;

namespace Weft.Agents.Models.Routing;

/// <summary>A model as <c>weft models</c> and <c>GET /llm/models</c> show it.</summary>
public sealed record ModelListing
{
    public required string Name { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public int? ContextWindow { get; init; }

    public int? MaxOutputTokens { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("cost_per_1k_input")]
    public decimal? CostPer1kInput { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("cost_per_1k_cached_input")]
    public decimal? CostPer1kCachedInput { get; init; }

    [System.Text.Json.Serialization.JsonPropertyName("cost_per_1k_output")]
    public decimal? CostPer1kOutput { get; init; }

    public int? AvgLatencyMs { get; init; }

    /// <summary>Gets the average of recent calls; null: too few.</summary>
    public int? ObservedLatencyMs { get; init; }

    public double? QualityScore { get; init; }

    public bool SupportsTools { get; init; }

    public bool SupportsVision { get; init; }

    public bool SupportsStructuredOutput { get; init; }

    public bool SupportsStreaming { get; init; }

    public bool Retired { get; init; }

    /// <summary>Gets a value indicating whether it can be routed to now.</summary>
    public bool Available { get; init; }

    /// <summary>Gets why not.</summary>
    public string? Unavailable { get; init; }

    internal static ModelListing Of(ModelSpec spec, string? unreachable, ModelCondition condition)
    {
        var problem = spec.Retired ? "its provider has retired it"
            : unreachable ?? (condition.CircuitOpenFor is { } open ? $"its circuit is open for another {Math.Ceiling(open.TotalSeconds):0} s" : null);
        return new ModelListing
        {
            Name = spec.Name,
            Provider = spec.Provider,
            Model = spec.Model,
            ContextWindow = spec.ContextWindow,
            MaxOutputTokens = spec.MaxOutputTokens,
            CostPer1kInput = spec.Price?.Input,
            CostPer1kCachedInput = spec.Price?.CachedInput,
            CostPer1kOutput = spec.Price?.Output,
            AvgLatencyMs = spec.AvgLatencyMs,
            ObservedLatencyMs = (int?)condition.ObservedLatencyMs,
            QualityScore = spec.QualityScore,
            SupportsTools = spec.Supports.HasFlag(ModelSupport.Tools),
            SupportsVision = spec.Supports.HasFlag(ModelSupport.Vision),
            SupportsStructuredOutput = spec.Supports.HasFlag(ModelSupport.StructuredOutput),
            SupportsStreaming = spec.Supports.HasFlag(ModelSupport.Streaming),
            Retired = spec.Retired,
            Available = problem is null,
            Unavailable = problem,
        };
    }
}
