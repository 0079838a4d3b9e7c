namespace Weft.Agents.Models.Routing;

/// <summary>What a call would take.</summary>
internal sealed record CallEstimate(int InputTokens, int OutputTokens, decimal? CostUsd, int LatencyMs)
{
    /// <summary>Gets how many calls the latency was observed over; 0: it is the catalog's.</summary>
    public int LatencyCalls { get; init; }

    public int OutputCalls { get; init; }
}
