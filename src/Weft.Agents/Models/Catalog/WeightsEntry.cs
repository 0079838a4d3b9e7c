namespace Weft.Agents.Models.Catalog;

internal sealed class WeightsEntry
{
    public double Latency { get; set; }

    public double Cost { get; set; }

    public double Quality { get; set; }
}
