using Weft.Agents.Models.Catalog;
using Weft.Agents.Models.Health;

namespace Weft.Agents.Models.Routing;

/// <summary>A model as <c>weft models</c> and <c>GET /llm/models</c> show it.</summary>
public sealed record ModelListing
{
    /// <summary>Gets the name by which the model is asked for.</summary>
    public required string Name { get; init; }

    /// <summary>Gets its provider.</summary>
    public required string Provider { get; init; }

    /// <summary>Gets its name at the provider.</summary>
    public required string Model { get; init; }

    /// <summary>Gets how many tokens prompt and answer may have together.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Gets the most tokens of one answer.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Gets the price of a thousand tokens of a prompt, in USD.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("cost_per_1k_input")]
    public decimal? CostPer1kInput { get; init; }

    /// <summary>Gets the price of a thousand tokens that the provider had kept, in USD.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("cost_per_1k_cached_input")]
    public decimal? CostPer1kCachedInput { get; init; }

    /// <summary>Gets the price of a thousand tokens of an answer, in USD.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("cost_per_1k_output")]
    public decimal? CostPer1kOutput { get; init; }

    /// <summary>Gets how long an answer usually takes, in milliseconds.</summary>
    public int? AvgLatencyMs { get; init; }

    /// <summary>Gets the average of recent calls, in milliseconds; null: too few.</summary>
    public int? ObservedLatencyMs { get; init; }

    /// <summary>Gets how good its answers are, from 0 to 10; null: unknown.</summary>
    public double? QualityScore { get; init; }

    /// <summary>Gets a value indicating whether it can call tools.</summary>
    public bool SupportsTools { get; init; }

    /// <summary>Gets a value indicating whether it can read images.</summary>
    public bool SupportsVision { get; init; }

    /// <summary>Gets a value indicating whether its provider holds its answers to a JSON Schema.</summary>
    public bool SupportsStructuredOutput { get; init; }

    /// <summary>Gets a value indicating whether it can stream its answer.</summary>
    public bool SupportsStreaming { get; init; }

    /// <summary>Gets a value indicating whether its provider has given it up; it is not routed to.</summary>
    public bool Retired { get; init; }

    /// <summary>Gets a value indicating whether it can be routed to now.</summary>
    public bool Available { get; init; }

    /// <summary>Gets why it cannot be routed to; null: it can.</summary>
    public string? Unavailable { get; init; }

    internal static ModelListing Of(ModelSpec spec, string? unreachable, ModelCondition condition)
    {
        var problem = spec.Retired ? "its provider has retired it"
            : unreachable
                ?? (condition.CircuitOpenFor is { } open ? $"its circuit is open for another {Math.Ceiling(open.TotalSeconds):0} s" : null);
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
