namespace Weft.Agents.Models.Catalog;

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
