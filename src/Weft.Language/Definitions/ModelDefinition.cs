using System.Text.Json.Nodes;

namespace Weft.Language.Definitions;

/// <summary>A model that a file brings along: an entry of <c>models</c>.</summary>
public sealed record ModelDefinition
{
    /// <summary>Gets the name it is known by: <c>id</c>, else <c>model</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the provider: <c>openai</c>, <c>anthropic</c>, <c>groq</c> … or the name of any compatible endpoint.</summary>
    public required string Provider { get; init; }

    /// <summary>Gets the model's name at its provider.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// Gets the template of the key; it must come from the environment (<c>{{ .env.OPENAI_API_KEY }}</c>), never in clear.
    /// </summary>
    public string? ApiKey { get; init; }

    /// <summary>Gets the endpoint; null: the provider's, or what its variable says.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Gets a value indicating whether this model is tried first where a step names none. At most one says so.</summary>
    public bool Default { get; init; }

    /// <summary>Gets the sampling temperature, from 0 to 2; null: the model's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>Gets the most tokens of one answer; null: as many as its provider allows.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets how many tokens prompt and answer may have together; null: the catalog's.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Gets the price of a thousand tokens of a prompt, in USD; null: the catalog's.</summary>
    public double? CostPer1kInput { get; init; }

    /// <summary>Gets the price of a thousand tokens of an answer, in USD; null: the catalog's.</summary>
    public double? CostPer1kOutput { get; init; }

    /// <summary>Gets how long an answer usually takes, in milliseconds; null: the catalog's.</summary>
    public int? AvgLatencyMs { get; init; }

    /// <summary>Gets how good its answers are, from 0 to 10, as its author judges; null: the catalog's.</summary>
    public double? QualityScore { get; init; }

    /// <summary>Gets how long one answer is awaited; null: the product's default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets how often a call that failed in passing is made again at this model: 0 to 20; null: once.</summary>
    public int? RetryAttempts { get; init; }

    /// <summary>Gets a value indicating whether the model can call tools; null: the catalog's.</summary>
    public bool? SupportsTools { get; init; }

    /// <summary>Gets a value indicating whether the model can read images; null: the catalog's.</summary>
    public bool? SupportsVision { get; init; }

    /// <summary>Gets a value indicating whether the model can stream its answer; null: the catalog's.</summary>
    public bool? SupportsStreaming { get; init; }

    /// <summary>Gets the template of the provider's organization.</summary>
    public string? Organization { get; init; }

    /// <summary>Gets limits on calls as written: <c>requests_per_minute</c>, <c>tokens_per_minute</c>, <c>concurrency</c>.</summary>
    public JsonObject? RateLimit { get; init; }

    /// <summary>Gets further provider parameters as written.</summary>
    public JsonObject? Params { get; init; }
}
