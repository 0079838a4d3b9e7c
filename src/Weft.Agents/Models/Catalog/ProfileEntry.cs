namespace Weft.Agents.Models.Catalog;

internal sealed class ProfileEntry
{
    public string? Name { get; set; }

    public List<string>? Primary { get; set; }

    public List<string>? Fallback { get; set; }

    public double? MaxCostPerCall { get; set; }

    public int? MaxLatencyMs { get; set; }

    public WeightsEntry? Weights { get; set; }
}
