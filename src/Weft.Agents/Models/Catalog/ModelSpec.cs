using System.Text.Json.Nodes;

namespace Weft.Agents.Models.Catalog;

/// <summary>One model as routing, pricing and calling know it. Null: not known.</summary>
public sealed record ModelSpec
{
    /// <summary>The latency that an unknown one counts as: a middling hosted model.</summary>
    public const int AssumedLatencyMs = 2000;

    /// <summary>The quality that an unknown one counts as.</summary>
    public const double AssumedQuality = 7.0;

    /// <summary>Gets the name that users write and traces show.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>Gets the provider's own id, as it goes over the wire.</summary>
    public required string Model { get; init; }

    /// <summary>Gets other names by which the model may be asked for.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Gets the most tokens of prompt and reply together.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Gets the most tokens of one answer.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Gets the prices; null: what a call costs is not known, which is not the same as free.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>Gets how long an answer usually takes, in milliseconds, until it has been measured.</summary>
    public int? AvgLatencyMs { get; init; }

    /// <summary>Gets how good its answers are, from 0 to 10.</summary>
    public double? QualityScore { get; init; }

    /// <summary>Gets what the model can do.</summary>
    public ModelSupport Supports { get; init; } = ModelSupport.Tools | ModelSupport.Streaming;

    /// <summary>Gets a value indicating whether the model takes a temperature; some answer 400 to one.</summary>
    public bool AcceptsTemperature { get; init; } = true;

    /// <summary>Gets a value indicating whether a tool call can be demanded of it.</summary>
    public bool AcceptsForcedTools { get; init; } = true;

    /// <summary>Gets a value indicating whether it is kept for prices alone.</summary>
    public bool Retired { get; init; }

    /// <summary>Gets the endpoint that a workflow's file gives; null: the provider's.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Gets the template of the key (<c>{{ .env.NAME }}</c>) that a workflow's file gives; null: the provider's key.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Gets the template of the provider's organization that a workflow's file gives.</summary>
    public string? Organization { get; init; }

    /// <summary>Gets the sampling temperature, from 0 to 2; null: the model's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>Gets the most tokens that a call asks for; null: the product's default.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets how long an answer is awaited; null: the product's default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Gets further parameters for the provider, as a workflow's file has them.</summary>
    public JsonObject? Params { get; init; }
}
