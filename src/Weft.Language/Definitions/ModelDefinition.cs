using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>A model that a file brings along: an entry of <c>models</c>.</summary>
public sealed record ModelDefinition
{
    /// <summary>Gets the name it is known by: <c>id</c>, else <c>model</c>.</summary>
    public required string Name { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>Gets the template of the key; it must come from the environment (<c>{{ .env.OPENAI_API_KEY }}</c>), never in clear.</summary>
    public string? ApiKey { get; init; }

    public string? BaseUrl { get; init; }

    public bool Default { get; init; }

    public double? Temperature { get; init; }

    public int? MaxTokens { get; init; }

    public int? ContextWindow { get; init; }

    public double? CostPer1kInput { get; init; }

    public double? CostPer1kOutput { get; init; }

    public int? AvgLatencyMs { get; init; }

    public double? QualityScore { get; init; }

    public TimeSpan? Timeout { get; init; }

    public int? RetryAttempts { get; init; }

    public bool? SupportsTools { get; init; }

    public bool? SupportsVision { get; init; }

    public bool? SupportsStreaming { get; init; }

    /// <summary>Gets the template of the provider's organization.</summary>
    public string? Organization { get; init; }

    /// <summary>Gets limits on calls as written: <c>requests_per_minute</c>, <c>tokens_per_minute</c>, <c>concurrency</c>.</summary>
    public JsonObject? RateLimit { get; init; }

    /// <summary>Gets further provider parameters as written.</summary>
    public JsonObject? Params { get; init; }
}
