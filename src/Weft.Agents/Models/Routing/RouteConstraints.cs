namespace Weft.Agents.Models.Routing;

/// <summary>Limits that replace the profile's.</summary>
public sealed record RouteConstraints
{
    /// <summary>Gets the most that the call may cost, in USD; null: the profile's limit.</summary>
    public double? MaxCostPerCall { get; init; }

    /// <summary>Gets the longest expected latency, in milliseconds; null: the profile's limit.</summary>
    public int? MaxLatencyMs { get; init; }
}
