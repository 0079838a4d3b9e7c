namespace Weft.Agents.Models.Catalog;

internal sealed class ModelEntry
{
    public string? Name { get; set; }

    public string? Provider { get; set; }

    public string? Model { get; set; }

    public List<string>? Aliases { get; set; }

    public int? ContextWindow { get; set; }

    public int? MaxOutputTokens { get; set; }

    [YamlDotNet.Serialization.YamlMember(Alias = "cost_per_1k_input", ApplyNamingConventions = false)]
    public decimal? CostPer1kInput { get; set; }

    [YamlDotNet.Serialization.YamlMember(Alias = "cost_per_1k_cached_input", ApplyNamingConventions = false)]
    public decimal? CostPer1kCachedInput { get; set; }

    [YamlDotNet.Serialization.YamlMember(Alias = "cost_per_1k_output", ApplyNamingConventions = false)]
    public decimal? CostPer1kOutput { get; set; }

    public LongPromptEntry? LongPrompt { get; set; }

    public int? AvgLatencyMs { get; set; }

    public double? QualityScore { get; set; }

    public List<string>? Supports { get; set; }

    public bool? AcceptsTemperature { get; set; }

    public bool? AcceptsForcedTools { get; set; }

    public bool? Retired { get; set; }
}
