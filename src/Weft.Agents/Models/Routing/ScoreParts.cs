namespace Weft.Agents.Models.Routing;

/// <summary>The parts of a score, each from 0 to 1, higher is better.</summary>
internal sealed record ScoreParts(double Latency, double Cost, double Quality);
