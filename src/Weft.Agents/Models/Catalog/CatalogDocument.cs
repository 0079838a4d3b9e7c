namespace Weft.Agents.Models.Catalog;

// The shape of a catalog file, as the YAML reader fills it; CatalogFile checks it. Unknown keys are refused by the reader.
internal sealed class CatalogDocument
{
    public List<ProviderEntry>? Providers { get; set; }

    public List<ProfileEntry>? Profiles { get; set; }

    public List<ModelEntry>? Models { get; set; }
}

internal sealed class ProviderEntry
{
    public string? Name { get; set; }

    public List<string>? Aliases { get; set; }

    public string? Kind { get; set; }

    public string? BaseUrl { get; set; }

    public string? BaseUrlFrom { get; set; }

    public string? BasePath { get; set; }

    public string? KeyFrom { get; set; }

    public string? MaxTokensField { get; set; }
}

internal sealed class ProfileEntry
{
    public string? Name { get; set; }

    public List<string>? Primary { get; set; }

    public List<string>? Fallback { get; set; }

    public double? MaxCostPerCall { get; set; }

    public int? MaxLatencyMs { get; set; }

    public WeightsEntry? Weights { get; set; }
}

internal sealed class WeightsEntry
{
    public double Latency { get; set; }

    public double Cost { get; set; }

    public double Quality { get; set; }
}

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

internal sealed class LongPromptEntry
{
    public int AboveTokens { get; set; }

    [YamlDotNet.Serialization.YamlMember(Alias = "cost_per_1k_input", ApplyNamingConventions = false)]
    public decimal CostPer1kInput { get; set; }

    [YamlDotNet.Serialization.YamlMember(Alias = "cost_per_1k_cached_input", ApplyNamingConventions = false)]
    public decimal? CostPer1kCachedInput { get; set; }

    [YamlDotNet.Serialization.YamlMember(Alias = "cost_per_1k_output", ApplyNamingConventions = false)]
    public decimal CostPer1kOutput { get; set; }
}
