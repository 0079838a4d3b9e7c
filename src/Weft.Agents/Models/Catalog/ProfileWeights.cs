namespace Weft.Agents.Models.Catalog;

/// <summary>How much each figure weighs; together 1.</summary>
public sealed record ProfileWeights(double Latency, double Cost, double Quality);
