namespace Weft.Sandbox.Faults;

/// <summary>A rule, how many requests matched it, and how many of them it hit.</summary>
internal sealed record FaultCount(FaultRule Rule, int Matched, int Hits);
